/** Callbacks of the gateway: verified, stored, and followed by a look-up. */
@NullMarked
package io.orderflow.payment.callback;

import org.jspecify.annotations.NullMarked;
