package io.orderflow.audit;

import java.util.HashMap;
import java.util.Map;

/** M1, M4 and the books for M2 and M3. */
final class MoneyAudit implements Audit {

    private final Map<String, PaymentLedger> byOrder = new HashMap<>();
    private final Findings found;

    /** @param found takes what is wrong at an event, though it may be right again later */
    MoneyAudit(Findings found) {
        this.found = found;
    }

    @Override
    public void on(StoredFact event) {
        if (!event.type().startsWith("payment.")) {
            return;
        }
        if (event.type().equals("payment.PaymentRequested")) {
            if (byOrder.putIfAbsent(event.orderId(), new PaymentLedger(event)) != null) {
                found.violated(Invariant.M4, event.orderId(), "one payment", "another was requested");
            }
            return;
        }
        PaymentLedger books = byOrder.get(event.orderId());
        if (books == null) {
            // Given up before it was asked for: nothing was taken, and nothing can be.
            return;
        }
        books.on(event);
        requireSound(books, event);
    }

    private void requireSound(PaymentLedger books, StoredFact event) {
        if (books.refunded() > books.captured() || books.captured() > books.authorized()) {
            found.violated(Invariant.M1, books.paymentId(), "refunded <= captured <= authorized",
                    "%s, %s, %s at event %s".formatted(books.text(books.refunded()), books.text(books.captured()),
                            books.text(books.authorized()), event.index()));
        }
        if (books.authorizations() > 1) {
            found.violated(Invariant.M4, books.paymentId(), "one authorization", books.authorizations());
        }
    }

    /** Null when nothing was ever asked of the gateway for the order. */
    PaymentLedger of(String orderId) {
        return byOrder.get(orderId);
    }

    Iterable<PaymentLedger> all() {
        return byOrder.values();
    }

    @Override
    public void judge(Findings findings) {
        findings.figure(Invariant.M1, "payments", byOrder.size());
        var captured = new Sums();
        var refunded = new Sums();
        for (PaymentLedger books : byOrder.values()) {
            captured.add(books.currency(), books.captured());
            refunded.add(books.currency(), books.refunded());
        }
        findings.figure(Invariant.M1, "captured", captured);
        findings.figure(Invariant.M1, "refunded", refunded);
    }
}
