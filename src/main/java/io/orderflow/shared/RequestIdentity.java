package io.orderflow.shared;

/**
 * The claim of a request: who sent it, under which {@code Idempotency-Key}, and the identity of what it creates, which was
 * chosen when it came first and is the same for every repetition.
 *
 * @param caller      name of the authenticated caller
 * @param key         the caller's {@code Idempotency-Key}
 * @param fingerprint hash of method, path and body: tells a repetition from another request under the same key
 * @param identity    without a prefix
 */
public record RequestIdentity(String caller, String key, String fingerprint, String identity) {

    /** The identity of what the request creates. */
    public String id(String prefix) {
        return prefix + identity;
    }
}
