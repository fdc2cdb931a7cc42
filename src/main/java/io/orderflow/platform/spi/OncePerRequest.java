package io.orderflow.platform.spi;

import io.orderflow.shared.RequestIdentity;

/** A command that takes effect at most once per {@link RequestIdentity}; repetitions get the first answer. */
public interface OncePerRequest {
}
