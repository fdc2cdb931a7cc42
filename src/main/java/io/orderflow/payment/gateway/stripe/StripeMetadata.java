package io.orderflow.payment.gateway.stripe;

import com.stripe.model.PaymentIntent;
import io.orderflow.payment.gateway.GatewayOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What we write into Stripe's metadata, so that its books name our operations.
 *
 * <p>A PaymentIntent is authorized, captured and voided under the ids of different operations, and Stripe has no object
 * for a single capture: so each leaves a note of its own, written by the very request that captures. Metadata has 50
 * entries, of keys up to 40 and values up to 500 characters (docs.stripe.com/metadata): room for 46 captures.
 */
final class StripeMetadata {

    static final String OPERATION = "operation_id";
    static final String PAYMENT = "payment_id";
    static final String ORDER = "order_id";

    private static final String VOID = "void_operation_id";
    private static final String CAPTURE = "capture_";

    private StripeMetadata() {
    }

    /**
     * A capture that was noted.
     *
     * @param amount as Stripe counts
     */
    record Capture(String operationId, long amount) {

        /** The last word is the amount; operation ids may be anything. */
        private static Optional<Capture> read(String note) {
            int space = note.lastIndexOf(' ');
            return space > 0 && note.substring(space + 1).matches("\\d{1,18}")
                    ? Optional.of(new Capture(note.substring(0, space), Long.parseLong(note.substring(space + 1))))
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
        // Operation ids are longer than a key may be.
        var name = UUID.nameUUIDFromBytes(operation.id().getBytes(StandardCharsets.UTF_8)).toString();
        return Map.of(CAPTURE + name.replace("-", ""), operation.id() + ' ' + amount);
    }

    /** The operation that made it; null when it was made without us. */
    static String operation(Map<String, String> metadata) {
        return metadata == null ? null : metadata.get(OPERATION);
    }

    /** The operation that was to void it; null when there is none. */
    static String voiding(PaymentIntent intent) {
        return intent.getMetadata() == null ? null : intent.getMetadata().get(VOID);
    }

    static List<Capture> captures(PaymentIntent intent) {
        return Optional.ofNullable(intent.getMetadata()).orElse(Map.of()).entrySet().stream()
                .filter(note -> note.getKey().startsWith(CAPTURE)).sorted(Map.Entry.comparingByKey())
                .flatMap(note -> Capture.read(note.getValue()).stream()).toList();
    }

    /** Whether so much was taken as the notes say; if not, a note was left by a capture that was refused. */
    static boolean areTrue(PaymentIntent intent) {
        return captures(intent).stream().mapToLong(Capture::amount).sum() <= intent.getAmountReceived();
    }

    /** Whether this capture has taken place, for certain. */
    static boolean tellOf(GatewayOperation capture, PaymentIntent intent) {
        return areTrue(intent) && captures(intent).stream().map(Capture::operationId).anyMatch(capture.id()::equals);
    }
}
