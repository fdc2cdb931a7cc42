/** The payment gateway: what is asked of it, durably queued, and the protection around each call. */
@NullMarked
package io.orderflow.payment.gateway;

import org.jspecify.annotations.NullMarked;
