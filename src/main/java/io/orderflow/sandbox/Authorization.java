package io.orderflow.sandbox;

import java.util.Optional;

/** What is left of one authorization; guarded by the bank's lock. */
final class Authorization {

    private final Entry opening;
    private long captured;
    private long refunded;
    private boolean voided;

    Authorization(Entry opening) {
        this.opening = opening;
    }

    Optional<String> refusalOf(Request request) {
        if (opening.fact() == Fact.DECLINED) {
            return Optional.of("authorization_declined");
        }
        if (request.amount() != null && !request.amount().currency().equals(opening.amount().currency())) {
            return Optional.of("currency_mismatch");
        }
        return switch (request.kind()) {
            case CAPTURE -> voided ? Optional.of("authorization_voided")
                    : refuseIf(request.amount().amount() > uncaptured(), "amount_exceeds_authorization");
            case VOID -> voided ? Optional.of("authorization_voided") : refuseIf(uncaptured() == 0, "already_captured");
            case REFUND -> refuseIf(request.amount().amount() > captured - refunded, "amount_exceeds_capture");
            case AUTHORIZATION -> throw new IllegalArgumentException("an authorization opens, it is not asked");
        };
    }

    void apply(Entry entry) {
        switch (entry.fact()) {
            case CAPTURED -> captured += entry.amount().amount();
            case REFUNDED -> refunded += entry.amount().amount();
            case VOIDED -> voided = true;
            case AUTHORIZED, DECLINED, REFUSED -> { }
        }
    }

    /** A void after a partial capture releases the rest, and nothing more can be captured. */
    Amount releasable() {
        return new Amount(opening.amount().currency(), uncaptured());
    }

    String merchantReference() {
        return opening.merchantReference();
    }

    private long uncaptured() {
        return opening.amount().amount() - captured;
    }

    private static Optional<String> refuseIf(boolean refused, String code) {
        return refused ? Optional.of(code) : Optional.empty();
    }
}
