package io.orderflow.payment.gateway.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.orderflow.payment.callback.CallbackDocument;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * What Stripe sends to our endpoint (docs.stripe.com/webhooks). Only the few fields that say whose money an event is
 * about are read, and from the raw JSON: the API version of an endpoint need not be that of the SDK.
 */
final class StripeCallbacks {

    static final String HEADER = "Stripe-Signature";

    private static final long TOLERANCE_SECONDS = 300;
    private static final String REFUND = "refund";
    private static final String INTENT = "payment_intent";
    /** Whose metadata is ours; a charge has that of its PaymentIntent. */
    private static final Set<String> OURS = Set.of(INTENT, "charge", REFUND);

    private final String secret;
    private final Clock clock;
    private final StripeIntentCache memory;

    StripeCallbacks(String secret, Clock clock, StripeIntentCache memory) {
        this.secret = secret;
        this.clock = clock;
        this.memory = memory;
    }

    /** @throws Refusal when it is not signed by Stripe, or not readable */
    Optional<GatewayNotice> read(byte[] body, String signature) {
        requireGenuine(new String(body, StandardCharsets.UTF_8), signature);
        var event = parse(body);
        var object = event.path("data").path("object");
        var type = object.path("object").asText();
        if (!OURS.contains(type)) {
            return Optional.empty();
        }
        var metadata = object.path("metadata");
        var operation = metadata.path(StripeMetadata.OPERATION).asText(null);
        if (type.equals(INTENT) && operation != null) {
            memory.found(operation, object.path("id").asText());
        }
        // A PaymentIntent names its authorization in all events, also in those about its captures.
        return payment(metadata).map(payment -> new GatewayNotice(event.path("id").asText(), payment,
                type.equals(REFUND) ? operation : null));
    }

    private void requireGenuine(String body, String signature) {
        try {
            Webhook.Signature.verifyHeader(body, signature, secret, TOLERANCE_SECONDS, clock);
        } catch (SignatureVerificationException | RuntimeException wrong) {
            // The SDK throws all kinds of things at headers that are missing or have another form.
            throw new Refusal(Refusal.Kind.INVALID, "invalid_signature",
                    "The header '%s' is missing, older than %s minutes or does not fit the body.".formatted(HEADER,
                            TOLERANCE_SECONDS / 60));
        }
    }

    private static JsonNode parse(byte[] body) {
        var event = CallbackDocument.read(body);
        if (!event.path("id").isTextual()) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_callback", "This callback is signed but not readable.");
        }
        return event;
    }

    /** Whoever else uses the account may have a payment_id of another kind. */
    private static Optional<PaymentId> payment(JsonNode metadata) {
        try {
            return Optional.ofNullable(metadata.path(StripeMetadata.PAYMENT).asText(null)).map(PaymentId::new);
        } catch (Refusal notOurs) {
            return Optional.empty();
        }
    }
}
