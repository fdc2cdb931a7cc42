package io.orderflow.sandbox;

import java.time.Instant;
import java.util.Optional;

/** What is left of one authorization; guarded by the bank's lock. */
final class Authorization {

    private Entry opening;
    private long captured;
    /** Refunds that are still open count, or two of them could give back more than was taken. */
    private long refunded;
    private boolean voided;

    Authorization(Entry opening) {
        this.opening = opening;
    }

    Optional<String> refusalOf(Request request, Instant now) {
        if (opening.fact() == Fact.DECLINED && !voided) {
            return Optional.of("authorization_declined");
        }
        if (request.amount() != null && !request.amount().currency().equals(opening.amount().currency())) {
            return Optional.of("currency_mismatch");
        }
        return switch (request.kind()) {
            case CAPTURE -> refusalOfCapture(request.amount().amount(), now);
            case VOID -> voided ? Optional.of("authorization_voided") : refuseIf(uncaptured() == 0, "already_captured");
            case REFUND -> refuseIf(request.amount().amount() > captured - refunded, "amount_exceeds_capture");
            case AUTHORIZATION -> throw new IllegalArgumentException("an authorization opens, it is not asked");
        };
    }

    private Optional<String> refusalOfCapture(long amount, Instant now) {
        if (voided) {
            return Optional.of("authorization_voided");
        }
        if (opening.open()) {
            return Optional.of("authorization_pending");
        }
        if (!now.isBefore(opening.captureBefore())) {
            return Optional.of("authorization_expired");
        }
        return refuseIf(amount > uncaptured(), "amount_exceeds_authorization");
    }

    /** Takes in what happened to an operation of this authorization; before is its fact until now, if any. */
    void apply(Entry entry, Optional<Entry> before) {
        switch (entry.kind()) {
            case AUTHORIZATION -> opening = entry;
            case CAPTURE -> captured += entry.fact() == Fact.CAPTURED ? entry.amount().amount() : 0;
            case VOID -> voided |= entry.fact() == Fact.VOIDED;
            case REFUND -> refunded += givenBack(entry) - before.map(Authorization::givenBack).orElse(0L);
        }
    }

    private static long givenBack(Entry refund) {
        return refund.fact() == Fact.REFUSED ? 0 : refund.amount().amount();
    }

    /** A void after a partial capture releases the rest, and nothing more can be captured. */
    Amount releasable() {
        return new Amount(opening.amount().currency(), uncaptured());
    }

    Entry opening() {
        return opening;
    }

    /** Whether a void was its end while it was still open. */
    boolean cancelled() {
        return opening.open() && voided;
    }

    Script script() {
        return Token.scriptOf(opening.method());
    }

    private long uncaptured() {
        return opening.amount().amount() - captured;
    }

    private static Optional<String> refuseIf(boolean refused, String code) {
        return refused ? Optional.of(code) : Optional.empty();
    }
}
