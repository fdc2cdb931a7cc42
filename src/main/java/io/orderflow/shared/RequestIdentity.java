package io.orderflow.shared;

/**
 * The claim of an {@code Idempotency-Key}, with the identity of what its request creates, which is the same for every
 * repetition.
 *
 * @param caller      name of the authenticated caller
 * @param key         the caller's {@code Idempotency-Key}
 * @param fingerprint hash of method, path and body; another request under the same key has another one
 * @param identity    without a prefix
 */
public record RequestIdentity(String caller, String key, String fingerprint, String identity) {

    /** The identity of what the request creates. */
    public String id(String prefix) {
        return prefix + identity;
    }
}
