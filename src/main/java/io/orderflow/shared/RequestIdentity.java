package io.orderflow.shared;

/**
 * Who asked, under which {@code Idempotency-Key}, and a fingerprint of what was asked: the source of every derived
 * identity, so that a repeated request finds what it made before instead of making it again.
 *
 * @param caller      name of the authenticated caller
 * @param key         the caller's {@code Idempotency-Key}
 * @param fingerprint hash of method, path and body: tells a repetition from another request under the same key
 */
public record RequestIdentity(String caller, String key, String fingerprint) {

    /** An identity with this prefix that only this caller and key can yield. */
    public String derive(String prefix) {
        return Identities.derive(prefix, caller, key);
    }
}
