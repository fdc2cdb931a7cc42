package io.orderflow.payment.gateway.stripe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the Stripe gateway, read only when it is chosen.
 *
 * @param apiKey        {@code sk_...}, or a restricted key {@code rk_...} (docs/stripe.md lists its permissions)
 * @param webhookSecret {@code whsec_...}, with which Stripe signs its webhook events
 * @param returnUrl     where customers return to after 3-D Secure; {@code {order_id}} is replaced
 * @param lookBack      how long an authorization can be captured, up to 30 days ("Place a hold on a payment method"):
 *                      the ledger is searched for captures of authorizations as old as that
 */
@ConfigurationProperties("orderflow.payment.stripe")
public record StripeSettings(@Nullable String apiKey, @Nullable String webhookSecret,
        @DefaultValue("https://api.stripe.com") String baseUrl, @Nullable String returnUrl,
        @DefaultValue("31d") Duration lookBack) {

    /** @throws IllegalStateException when a required property is missing */
    StripeSettings requireComplete() {
        require("api-key", apiKey, "the secret key of the Stripe account, sk_... or rk_...");
        require("webhook-secret", webhookSecret, "the signing secret of the webhook endpoint, whsec_...");
        require("return-url", returnUrl, "the page of the shop that customers return to after 3-D Secure");
        return this;
    }

    private static void require(String name, @Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("orderflow.payment.gateway.name is 'stripe', so set "
                    + "orderflow.payment.stripe.%s: %s.".formatted(name, what));
        }
    }

    @Override
    public String toString() {
        return "StripeSettings[baseUrl=%s, returnUrl=%s, lookBack=%s]".formatted(baseUrl, returnUrl, lookBack);
    }
}
