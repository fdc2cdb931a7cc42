package io.orderflow.shared;

/** Which request an {@code Idempotency-Key} belongs to, for work that is no command and so is done outside a transaction. */
@FunctionalInterface
public interface RequestKeys {

    /**
     * Harmless to repeat.
     *
     * @throws Refusal when the caller has used the key for another request
     */
    void claim(RequestIdentity request);
}
