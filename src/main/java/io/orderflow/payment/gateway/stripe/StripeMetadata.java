package io.orderflow.payment.gateway.stripe;

import com.stripe.model.PaymentIntent;
import io.orderflow.payment.gateway.GatewayOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that we write to Stripe's objects, so that they name our operations.
 *
 * <p>A PaymentIntent is authorized, captured and voided under the ids of different operations, and Stripe has no object
 * for a single capture: each capture adds an entry in the request that captures. Metadata holds 50 entries, with keys
 * up to 40 and values up to 500 characters (docs.stripe.com/metadata): room for 46 captures.
 */
final class StripeMetadata {

    static final String OPERATION = "operation_id";
    static final String PAYMENT = "payment_id";
    static final String ORDER = "order_id";

    private static final String VOID = "void_operation_id";
    private static final String CAPTURE = "capture_";

    private StripeMetadata() {
    }

    /** @param amount in Stripe's units */
    record Capture(String operationId, long amount) {

        /** The amount is the last word; an operation id may be any text. */
        private static Optional<Capture> read(String entry) {
            int space = entry.lastIndexOf(' ');
            return space > 0 && entry.substring(space + 1).matches("\\d{1,18}")
                    ? Optional.of(new Capture(entry.substring(0, space), Long.parseLong(entry.substring(space + 1))))
                    : Optional.empty();
        }
    }

    static Map<String, String> of(GatewayOperation operation) {
        return Map.of(OPERATION, operation.id(), PAYMENT, operation.paymentId().value(), ORDER,
                operation.orderId().value());
    }

    static Map<String, String> ofVoid(GatewayOperation operation) {
        return Map.of(VOID, operation.id());
    }

    static Map<String, String> ofCapture(GatewayOperation operation, long amount) {
        // Operation ids are too long for a key.
        var name = UUID.nameUUIDFromBytes(operation.id().getBytes(StandardCharsets.UTF_8)).toString();
        return Map.of(CAPTURE + name.replace("-", ""), operation.id() + ' ' + amount);
    }

    /** The operation that created the object; null when another user of the account did. */
    static @Nullable String operation(@Nullable Map<String, String> metadata) {
        return metadata == null ? null : metadata.get(OPERATION);
    }

    /** The operation that was to void the PaymentIntent. */
    static @Nullable String voiding(PaymentIntent intent) {
        return intent.getMetadata() == null ? null : intent.getMetadata().get(VOID);
    }

    static List<Capture> captures(PaymentIntent intent) {
        return Optional.ofNullable(intent.getMetadata()).orElse(Map.of()).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(CAPTURE)).sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> Capture.read(entry.getValue()).stream()).toList();
    }

    /** Whether the entries add up to no more than was captured; otherwise one is of a capture that was refused. */
    static boolean fitsMoney(PaymentIntent intent) {
        return captures(intent).stream().mapToLong(Capture::amount).sum() <= intent.getAmountReceived();
    }

    /** Whether this capture was certainly made. */
    static boolean proves(GatewayOperation capture, PaymentIntent intent) {
        return fitsMoney(intent) && captures(intent).stream().map(Capture::operationId).anyMatch(capture.id()::equals);
    }
}
