package io.orderflow.sandbox.bank;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The balance of one authorization. Guarded by the bank's lock. */
final class Authorization {

    private Entry opening;
    private long captured;
    /** Includes open refunds: together they must not exceed what was captured. */
    private long refunded;
    private boolean voided;

    Authorization(Entry opening) {
        this.opening = opening;
    }

    /** The error code of a request that is not allowed, or null. */
    @Nullable String refusalOf(Request request, Instant now) {
        if (opening.fact() == Fact.DECLINED && !voided) {
            return "authorization_declined";
        }
        if (request.amount() != null && !request.amount().currency().equals(opening.amount().currency())) {
            return "currency_mismatch";
        }
        return switch (request.kind()) {
            case CAPTURE -> refusalOfCapture(request.amount().amount(), now);
            case VOID -> voided ? "authorization_voided" : uncaptured() == 0 ? "already_captured" : null;
            case REFUND -> request.amount().amount() > captured - refunded ? "amount_exceeds_capture" : null;
            case AUTHORIZATION -> throw new IllegalArgumentException("An authorization has no authorization");
        };
    }

    private @Nullable String refusalOfCapture(long amount, Instant now) {
        if (voided) {
            return "authorization_voided";
        }
        if (opening.isOpen()) {
            return "authorization_pending";
        }
        if (!now.isBefore(opening.captureBefore())) {
            return "authorization_expired";
        }
        return amount > uncaptured() ? "amount_exceeds_authorization" : null;
    }

    /** @param previous the operation's fact so far, if any */
    void apply(Entry entry, @Nullable Entry previous) {
        switch (entry.kind()) {
            case AUTHORIZATION -> opening = entry;
            case CAPTURE -> captured += entry.fact() == Fact.CAPTURED ? entry.amount().amount() : 0;
            case VOID -> voided |= entry.fact() == Fact.VOIDED;
            case REFUND -> refunded += refundedBy(entry) - (previous == null ? 0 : refundedBy(previous));
        }
    }

    private static long refundedBy(Entry refund) {
        return refund.fact() == Fact.REFUSED ? 0 : refund.amount().amount();
    }

    /** What a void releases; nothing can be captured after it. */
    Amount releasable() {
        return new Amount(opening.amount().currency(), uncaptured());
    }

    private long uncaptured() {
        return opening.amount().amount() - captured;
    }

    Entry opening() {
        return opening;
    }

    /** Whether it was voided while it was open, and is not recorded as declined yet. */
    boolean isCancelled() {
        return opening.isOpen() && voided;
    }

    Scenario scenario() {
        return Scenario.of(opening.method());
    }
}
