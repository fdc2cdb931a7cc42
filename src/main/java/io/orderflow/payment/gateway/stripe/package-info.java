/** Stripe as gateway, through its own SDK. */
package io.orderflow.payment.gateway.stripe;
