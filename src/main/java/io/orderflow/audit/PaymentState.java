package io.orderflow.audit;

import io.orderflow.shared.Money;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The money of one order according to its events; amounts in minor units of one currency. */
final class PaymentState {

    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final String paymentId;
    private final @Nullable String shop;
    private final String currency;
    private long authorized;
    private boolean voided;
    private boolean settledByHand;

    /** What an operation at the gateway does. */
    enum Kind {
        AUTHORIZATION, CAPTURE, VOID, REFUND
    }

    enum State {
        /** Requested; the outcome is not known yet. */
        OPEN, DONE, REFUSED,
        /** Settled by staff, outside of the gateway. */
        SETTLED_BY_HAND
    }

    /** An operation at the gateway; an empty capture is done without asking it. */
    record Operation(Kind kind, State state, long amount, @Nullable String refundId) {

        private Operation as(State next) {
            return new Operation(kind, next, amount, refundId);
        }

        private boolean counts() {
            return state == State.DONE || state == State.SETTLED_BY_HAND;
        }
    }

    PaymentState(EventRow requested) {
        paymentId = requested.text("paymentId");
        shop = requested.textOrNull("shop");
        currency = requested.payload().path("amount").path("currency").asText();
        begin(requested, Kind.AUTHORIZATION);
    }

    void on(EventRow event) {
        String id = event.text("operationId");
        switch (event.type()) {
            case "payment.PaymentAuthorized" -> {
                settle(id, State.DONE);
                authorized = event.amount("amount");
            }
            case "payment.PaymentDeclined", "payment.CaptureFailed", "payment.ReversalFailed",
                    "payment.RefundFailed" -> settle(id, State.REFUSED);
            case "payment.CaptureRequested" -> begin(event, Kind.CAPTURE);
            case "payment.PaymentCaptured" -> {
                operations.computeIfAbsent(id, same -> operation(event, Kind.CAPTURE));
                settle(id, State.DONE);
            }
            case "payment.RefundRequested" -> begin(event, Kind.REFUND);
            case "payment.ReversalRequested" -> begin(event,
                    event.text("kind").equals("voided") ? Kind.VOID : Kind.REFUND);
            case "payment.PaymentReversedInPart", "payment.PaymentRefunded" -> settle(id, State.DONE);
            case "payment.PaymentReversed" -> reversed(event, id);
            case "payment.SettledByHand" -> {
                settle(id, State.SETTLED_BY_HAND);
                settledByHand = true;
            }
            default -> { }
        }
    }

    private void reversed(EventRow event, String id) {
        if (event.text("kind").equals("abandoned")) {
            operations.computeIfPresent(id, (same, operation) ->
                    operation.state() == State.OPEN ? operation.as(State.REFUSED) : operation);
        } else {
            settle(id, State.DONE);
            operations.replaceAll((same, operation) -> operation.kind() == Kind.AUTHORIZATION
                    && operation.state() == State.OPEN ? operation.as(State.REFUSED) : operation);
            voided |= event.text("kind").equals("voided");
        }
    }

    private void begin(EventRow event, Kind kind) {
        operations.put(event.text("operationId"), operation(event, kind));
    }

    private static Operation operation(EventRow event, Kind kind) {
        return new Operation(kind, State.OPEN, event.amount("amount"), event.textOrNull("refundId"));
    }

    private void settle(String id, State state) {
        operations.computeIfPresent(id, (same, operation) ->
                operation.state() == State.SETTLED_BY_HAND ? operation : operation.as(state));
    }

    String paymentId() {
        return paymentId;
    }

    String currency() {
        return currency;
    }

    /** An amount in the currency of this payment, for people. */
    String text(long amount) {
        return Money.text(currency, amount);
    }

    Map<String, Operation> operations() {
        return operations;
    }

    long authorized() {
        return authorized;
    }

    long captured() {
        return sum(Kind.CAPTURE);
    }

    long refunded() {
        return sum(Kind.REFUND);
    }

    private long sum(Kind kind) {
        return operations.values().stream().filter(operation -> operation.kind() == kind && operation.counts())
                .mapToLong(Operation::amount).sum();
    }

    boolean isVoided() {
        return voided;
    }

    /** Whether staff has settled something outside of the gateway, so that the sums are incomplete. */
    boolean isSettledByHand() {
        return settledByHand;
    }

    boolean isRefunded(String refundId) {
        return operations.values().stream().anyMatch(operation -> refundId.equals(operation.refundId())
                && operation.counts());
    }

    /** What the projection shows of the payment: {@link Payments#ROWS}. */
    String row() {
        long open = operations.values().stream().filter(operation -> operation.state() == State.OPEN).count();
        return "%s %s %s %s %s %s %s %s".formatted(paymentId, currency, authorized, captured(), refunded(),
                operations.size(), open, shop);
    }
}
