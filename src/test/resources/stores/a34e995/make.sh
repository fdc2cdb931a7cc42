set -e
JAR=$1
java -jar $JAR --server.port=18090 --orderflow.sandbox.port=18091 --orderflow.payment.gateway.url=http://127.0.0.1:18091 --orderflow.demo.enabled=false > log 2>&1 & P=$!
until curl -sf localhost:18090/actuator/health/readiness >/dev/null; do sleep 0.3; done
post() { curl -s -u ${4:-admin:admin} localhost:18090$1 -H 'Content-Type: application/json' -H "Idempotency-Key: $2" -H 'Prefer: wait=5' -d "$3"; echo; }
for s in MUG TOTE; do post /v1/stock/$s/receipts r-$s '{"quantity":100}'; done
post /v1/stock/MUG/adjustments a-MUG '{"change":-2,"reason":"damaged","note":"two broken"}'
order() { post /v1/orders $1 '{"reference":"'$1'","customer":{"id":"c-1","email":"ada@example.org"},"currency":"EUR","lines":[{"sku":"MUG","quantity":'${3:-2}',"unit_price":{"currency":"EUR","amount":1299}},{"sku":"TOTE","quantity":1,"unit_price":{"currency":"EUR","amount":500}}],"payment":{"method":"'$2'"}}' shop:shop | sed 's/.*"id":"\(ord_[a-z0-9]*\)".*/\1/'; }
CONFIRMED=$(order confirmed tok_ok); CANCELLED=$(order cancelled tok_ok); COMPLETED=$(order completed tok_ok); PARTLY=$(order partly tok_ok)
RETURNED=$(order returned tok_refund_fails)
order declined tok_declined; order sold-out tok_ok 5000; WAITING=$(order waiting tok_timeout_after_charge)
post /v1/orders/$CANCELLED/cancellations c-1 '{"reason":"changed my mind"}' shop:shop
post /v1/orders/$COMPLETED/shipments s-1 '{"carrier":"DHL","tracking_number":"1"}'
post /v1/orders/$PARTLY/shipments s-2 '{"lines":[{"sku":"MUG","quantity":1}],"carrier":"DHL"}'
post /v1/orders/$RETURNED/shipments s-3 '{}'
sleep 3
post /v1/orders/$RETURNED/returns b-1 '{"reason":"too blue","lines":[{"sku":"TOTE","quantity":1,"condition":"restock"}]}' shop:shop
sleep 3
curl -s -u admin:admin "localhost:18090/v1/orders?limit=50" | tr '{' '\n' | grep -o '"reference":"[^"]*"\|"status":"[a-z]*"\|"payment_status":"[a-z_]*"' | paste - - -
curl -s -u admin:admin "localhost:18090/v1/orders/$RETURNED"
LATE=$(order placed-last tok_slow)
kill -9 $P
