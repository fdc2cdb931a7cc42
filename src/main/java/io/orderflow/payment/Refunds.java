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

/** The refunds of one payment. Each keeps its claim on captured money, also while the gateway refuses it. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class Refunds {

    /** After this many attempts staff has to act. */
    static final int ATTEMPTS = 3;

    private final Map<String, Refund> byId = new LinkedHashMap<>();

    /**
     * One refund.
     *
     * @param attempts how many operations were begun for it in a row
     * @param retrying whether the last of them failed and the next has not begun
     */
    record Refund(String id, Money amount, String reason, Status status, int attempts, boolean retrying) {

        private Refund as(Status next, boolean retry) {
            return new Refund(id, amount, reason, next, attempts, retry);
        }
    }

    void postpone(String id, Money amount, String reason) {
        byId.put(id, new Refund(id, amount, reason, Status.POSTPONED, 0, false));
    }

    void request(String id, Money amount, String reason, int attempt) {
        byId.put(id, new Refund(id, amount, reason, Status.REQUESTED, attempt, false));
    }

    void mark(String id, Status status) {
        byId.computeIfPresent(id, (same, refund) -> refund.as(status, false));
    }

    boolean contains(String id) {
        return byId.containsKey(id);
    }

    Refund get(String id) {
        return byId.get(id);
    }

    void fail(String id, boolean last) {
        byId.computeIfPresent(id, (same, refund) -> refund.as(last ? Status.FAILED : Status.REQUESTED, !last));
    }

    /** Refunds without an operation under way: they wait for a capture, or their last operation failed. */
    List<Refund> due() {
        return byId.values().stream().filter(refund -> refund.retrying() || refund.status() == Status.POSTPONED)
                .toList();
    }

    /** The amount of all refunds, in whatever state. */
    Money claimed(String currency) {
        return byId.values().stream().map(Refund::amount).reduce(Money.zero(currency), Money::plus);
    }

    /** The amount of all refunds that are not postponed, which is not more than was captured. */
    Money covered(String currency) {
        return byId.values().stream().filter(refund -> refund.status() != Status.POSTPONED).map(Refund::amount)
                .reduce(Money.zero(currency), Money::plus);
    }

    RefundView view(String id, PaymentId paymentId) {
        var refund = byId.get(id);
        return new RefundView(id, paymentId, refund.amount(), refund.reason(), refund.status());
    }
}
