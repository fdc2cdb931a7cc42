package io.orderflow.shared;

/** Which request each caller's {@code Idempotency-Key} belongs to. */
@FunctionalInterface
public interface RequestKeys {

    /**
     * Claims a key, or finds its claim, in a transaction of its own: what follows may commit elsewhere, or never.
     *
     * @param fingerprint hash of method, path and body
     * @throws Refusal when the caller has used the key for another request
     */
    RequestIdentity claim(String caller, String key, String fingerprint);
}
