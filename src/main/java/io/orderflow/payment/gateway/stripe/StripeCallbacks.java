package io.orderflow.payment.gateway.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.orderflow.payment.gateway.CallbackDocument;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's webhook events (docs.stripe.com/webhooks). Only the fields that name the payment are read, and from the raw
 * JSON: the API version of an endpoint need not be that of the SDK.
 */
final class StripeCallbacks {

    static final String HEADER = "Stripe-Signature";

    private static final long TOLERANCE_SECONDS = 300;
    private static final String REFUND = "refund";
    /** The objects with our metadata; a charge has that of its PaymentIntent. */
    private static final Set<String> OURS = Set.of("payment_intent", "charge", REFUND);

    private final String secret;
    private final Clock clock;

    StripeCallbacks(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** @throws Refusal when it is not signed by Stripe, or cannot be read */
    Optional<GatewayNotice> read(byte[] body, @Nullable String signature) {
        requireGenuine(new String(body, StandardCharsets.UTF_8), signature);
        var event = parse(body);
        var object = event.path("data").path("object");
        var type = object.path("object").asText();
        if (!OURS.contains(type)) {
            return Optional.empty();
        }
        var metadata = object.path("metadata");
        // A PaymentIntent names its authorization in all events, also in those about its captures.
        var refund = type.equals(REFUND) ? metadata.path(StripeMetadata.OPERATION).asText(null) : null;
        return payment(metadata).map(payment -> new GatewayNotice(event.path("id").asText(), payment, refund));
    }

    private void requireGenuine(String body, @Nullable String signature) {
        try {
            Webhook.Signature.verifyHeader(body, signature, secret, TOLERANCE_SECONDS, clock);
        } catch (SignatureVerificationException | RuntimeException wrong) {
            // The SDK throws various exceptions for a header that is missing or malformed.
            throw new Refusal(Refusal.Kind.INVALID, "invalid_signature",
                    "The header '%s' is missing, older than %s minutes or does not match the body.".formatted(HEADER,
                            TOLERANCE_SECONDS / 60));
        }
    }

    private static JsonNode parse(byte[] body) {
        var event = CallbackDocument.read(body);
        if (!event.path("id").isTextual()) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_callback", "The callback is signed and has no id.");
        }
        return event;
    }

    /** Another user of the account may store a payment_id of another form. */
    private static Optional<PaymentId> payment(JsonNode metadata) {
        try {
            return Optional.ofNullable(metadata.path(StripeMetadata.PAYMENT).asText(null)).map(PaymentId::new);
        } catch (Refusal notOurs) {
            return Optional.empty();
        }
    }
}
