package io.orderflow.sandbox.bank;

import org.jspecify.annotations.Nullable;

/** A client's request for an operation; requests under the same idempotency key must be equal. */
public record Request(Kind kind, @Nullable String authorizationId, @Nullable Amount amount, @Nullable String method,
                      @Nullable String merchantReference) {

    public static Request authorize(Amount amount, String method, String merchantReference) {
        return new Request(Kind.AUTHORIZATION, null, amount, method, merchantReference);
    }

    /** @param amount absent for a void */
    public static Request on(String authorizationId, Kind kind, @Nullable Amount amount) {
        return new Request(kind, authorizationId, amount, null, null);
    }
}
