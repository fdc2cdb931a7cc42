package io.orderflow.payment.gateway.stripe;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the Stripe gateway has to be told. Nothing of it is needed, or looked at, unless Stripe is chosen.
 *
 * @param apiKey        {@code sk_...}, or a restricted key {@code rk_...} (docs/stripe.md says what it must be allowed)
 * @param webhookSecret {@code whsec_...}, with which Stripe signs what it sends to our endpoint
 * @param returnUrl     where customers come back to from 3-D Secure; {@code {order_id}} in it becomes the order's id
 * @param lookBack      how far back a lost authorization is searched for: longer than one can be captured, which is up
 *                      to 30 days ("Place a hold on a payment method"), because what is older holds no money any more
 */
@ConfigurationProperties("orderflow.payment.stripe")
public record StripeSettings(String apiKey, String webhookSecret, @DefaultValue("https://api.stripe.com") String baseUrl,
        String returnUrl, @DefaultValue("31d") Duration lookBack) {

    /** @throws IllegalStateException when something has to be set first */
    StripeSettings requireComplete() {
        require("api-key", apiKey, "the secret key of the Stripe account, sk_... or rk_...");
        require("webhook-secret", webhookSecret, "the signing secret of the webhook endpoint, whsec_...");
        require("return-url", returnUrl, "the page of the shop that customers come back to from 3-D Secure");
        return this;
    }

    private static void require(String name, String value, String what) {
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
