/** Stripe as the payment gateway, through its own SDK. */
@NullMarked
package io.orderflow.payment.gateway.stripe;

import org.jspecify.annotations.NullMarked;
