package io.orderflow.platform.spi;

import io.orderflow.shared.RequestIdentity;

/** A command that must take effect at most once per {@link RequestIdentity}, and repeats its first answer. */
public interface OncePerRequest {
}
