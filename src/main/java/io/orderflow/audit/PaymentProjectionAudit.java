package io.orderflow.audit;

import java.util.Map;
import java.util.TreeMap;

/** P1 of payments: what was set aside, taken and paid back, and how many operations there were. */
final class PaymentProjectionAudit extends ProjectionAudit {

    private final Map<String, PaymentLedger> byOrder = new TreeMap<>();

    PaymentProjectionAudit() {
        super("payment-projection", """
                SELECT p.order_id, p.payment_id, p.currency, p.authorized, p.captured, p.refunded,
                  (SELECT COUNT(*) FROM payments.operation o WHERE o.payment_id = p.payment_id),
                  (SELECT COUNT(*) FROM payments.operation o WHERE o.payment_id = p.payment_id
                    AND o.status IN ('REQUESTED', 'UNKNOWN', 'PENDING', 'ACTION_REQUIRED')), p.shop
                FROM payments.payment p""");
    }

    @Override
    void on(StoredFact event) {
        if (event.type().equals("payment.PaymentRequested")) {
            byOrder.put(event.orderId(), new PaymentLedger(event));
        } else if (event.type().startsWith("payment.") && byOrder.containsKey(event.orderId())) {
            byOrder.get(event.orderId()).on(event);
        }
    }

    @Override
    Map<String, String> expected() {
        var expected = new TreeMap<String, String>();
        byOrder.forEach((order, books) -> expected.put(order, "%s %s %s %s %s %s %s %s".formatted(books.paymentId(),
                books.currency(), books.authorized(), books.captured(), books.refunded(), books.operations().size(),
                books.operations().values().stream().filter(each -> each.state() == PaymentLedger.State.OPEN).count(),
                books.shop())));
        return expected;
    }
}
