package io.orderflow.audit;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** M1, M4 and P1 of the payment projection. */
final class Payments {

    static final String ROWS = """
            SELECT p.order_id, p.payment_id, p.currency, p.authorized, p.captured, p.refunded,
              (SELECT COUNT(*) FROM payments.operation o WHERE o.payment_id = p.payment_id),
              (SELECT COUNT(*) FROM payments.operation o WHERE o.payment_id = p.payment_id
                AND o.status IN ('REQUESTED', 'UNKNOWN', 'PENDING', 'ACTION_REQUIRED')), p.shop
            FROM payments.payment p""";

    private final Map<String, PaymentState> byOrder = new HashMap<>();
    private final Findings findings;

    Payments(Findings findings) {
        this.findings = findings;
    }

    void on(EventRow event) {
        if (event.type().equals("payment.PaymentRequested")) {
            if (byOrder.putIfAbsent(event.orderId(), new PaymentState(event)) != null) {
                findings.violated(Invariant.M4, event.orderId(), "one payment", "another was requested");
            }
            return;
        }
        PaymentState payment = byOrder.get(event.orderId());
        // Without one, the order was given up before the gateway was asked.
        if (event.type().startsWith("payment.") && payment != null) {
            if (event.type().equals("payment.PaymentAuthorized") && payment.authorized() > 0) {
                findings.violated(Invariant.M4, payment.paymentId(), "one authorization", "another succeeded");
            }
            payment.on(event);
            check(payment, event);
        }
    }

    private void check(PaymentState payment, EventRow event) {
        if (payment.refunded() > payment.captured() || payment.captured() > payment.authorized()) {
            findings.violated(Invariant.M1, payment.paymentId(), "refunded <= captured <= authorized",
                    "%s, %s, %s at event %s".formatted(payment.text(payment.refunded()),
                            payment.text(payment.captured()), payment.text(payment.authorized()), event.index()));
        }
    }

    /** The payment of an order, unless the gateway was never asked for one. */
    @Nullable PaymentState of(String orderId) {
        return byOrder.get(orderId);
    }

    Collection<PaymentState> all() {
        return byOrder.values();
    }

    void judge() {
        var captured = new Sums();
        var refunded = new Sums();
        for (PaymentState payment : all()) {
            captured.add(payment.currency(), payment.captured());
            refunded.add(payment.currency(), payment.refunded());
        }
        findings.figure(Invariant.M1, "payments", byOrder.size());
        findings.figure(Invariant.M1, "captured", captured);
        findings.figure(Invariant.M1, "refunded", refunded);
    }

    /** The expected {@link #ROWS}. */
    Map<String, String> rows() {
        var rows = new TreeMap<String, String>();
        byOrder.forEach((order, payment) -> rows.put(order, payment.row()));
        return rows;
    }
}
