package io.orderflow.shared;

/** A command that must take effect at most once per {@link RequestIdentity}, and repeats its first answer. */
public interface OncePerRequest {
}
