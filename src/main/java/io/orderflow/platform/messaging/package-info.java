/** How commands and events reach their handlers: idempotency, retries, processors, dead letters, provenance. */
@NullMarked
package io.orderflow.platform.messaging;

import org.jspecify.annotations.NullMarked;
