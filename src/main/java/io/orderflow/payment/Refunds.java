package io.orderflow.payment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.payment.query.RefundView;
import io.orderflow.payment.query.RefundView.Status;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The refunds of one payment. Each keeps its claim on what was taken, also while the gateway refuses it. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class Refunds {

    private final Map<String, Refund> byId = new LinkedHashMap<>();

    /** @param attempts how many operations were begun for it */
    record Refund(String id, Money amount, String reason, Status status, int attempts) {

        private Refund as(Status next) {
            return new Refund(id, amount, reason, next, attempts);
        }
    }

    void postpone(String id, Money amount, String reason) {
        byId.put(id, new Refund(id, amount, reason, Status.POSTPONED, 0));
    }

    void request(String id, Money amount, String reason, int attempt) {
        byId.put(id, new Refund(id, amount, reason, Status.REQUESTED, attempt));
    }

    void mark(String id, Status status) {
        byId.computeIfPresent(id, (same, refund) -> refund.as(status));
    }

    boolean know(String id) {
        return byId.containsKey(id);
    }

    Refund get(String id) {
        return byId.get(id);
    }

    List<Refund> postponed() {
        return byId.values().stream().filter(refund -> refund.status() == Status.POSTPONED).toList();
    }

    /** What refunds have paid back or are going to, in whatever state they are. */
    Money claimed(String currency) {
        return byId.values().stream().map(Refund::amount).reduce(Money.zero(currency), Money::plus);
    }

    /** What refunds have paid back or have asked the gateway for, which is not more than was taken. */
    Money covered(String currency) {
        return byId.values().stream().filter(refund -> refund.status() != Status.POSTPONED).map(Refund::amount)
                .reduce(Money.zero(currency), Money::plus);
    }

    boolean areOpen() {
        return byId.values().stream().anyMatch(refund -> refund.status() != Status.SUCCEEDED
                && refund.status() != Status.SETTLED_BY_HAND);
    }

    RefundView view(String id, PaymentId paymentId) {
        var refund = byId.get(id);
        return new RefundView(id, paymentId, refund.amount(), refund.reason(), refund.status());
    }
}
