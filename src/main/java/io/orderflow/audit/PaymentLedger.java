package io.orderflow.audit;

import io.orderflow.shared.Money;
import java.util.LinkedHashMap;
import java.util.Map;

/** The money of one order as its events tell it; amounts in minor units of one currency. */
final class PaymentLedger {

    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, String> refundsByOperation = new LinkedHashMap<>();
    private final String paymentId;
    private final String shop;
    private final String currency;
    private long authorized;
    private int authorizations;
    private boolean voided;
    private boolean settledByHand;

    /** An operation at the gateway. */
    enum Kind {
        AUTHORIZATION, CAPTURE, VOID, REFUND
    }

    /** What is known of an operation. */
    enum State {
        /** Asked for; its outcome is not known yet. */
        OPEN, DONE, REFUSED,
        /** Staff has settled it beside the gateway. */
        SETTLED_BY_HAND
    }

    /** An operation, and whether the gateway was asked: a capture of nothing is done without it. */
    record Operation(Kind kind, State state, long amount) {

        private Operation as(State next) {
            return new Operation(kind, next, amount);
        }

        boolean counts() {
            return state == State.DONE || state == State.SETTLED_BY_HAND;
        }
    }

    PaymentLedger(StoredFact requested) {
        paymentId = requested.text("paymentId");
        shop = requested.textOrNull("shop");
        currency = requested.payload().path("amount").path("currency").asText();
        begin(requested, Kind.AUTHORIZATION);
    }

    void on(StoredFact event) {
        String id = event.text("operationId");
        switch (event.type()) {
            case "payment.PaymentAuthorized" -> {
                settle(id, State.DONE);
                authorized = event.amount("amount");
                authorizations++;
            }
            case "payment.PaymentDeclined", "payment.CaptureFailed", "payment.ReversalFailed",
                    "payment.RefundFailed" -> settle(id, State.REFUSED);
            case "payment.CaptureRequested" -> begin(event, Kind.CAPTURE);
            case "payment.PaymentCaptured" -> {
                operations.putIfAbsent(id, new Operation(Kind.CAPTURE, State.OPEN, event.amount("amount")));
                settle(id, State.DONE);
            }
            case "payment.ReversalRequested" -> begin(event,
                    event.text("kind").equals("voided") ? Kind.VOID : Kind.REFUND);
            case "payment.PaymentReversedInPart" -> settle(id, State.DONE);
            case "payment.PaymentReversed" -> reversed(event, id);
            case "payment.RefundRequested" -> {
                begin(event, Kind.REFUND);
                refundsByOperation.put(id, event.text("refundId"));
            }
            case "payment.PaymentRefunded" -> settle(id, State.DONE);
            case "payment.SettledByHand" -> {
                settle(id, State.SETTLED_BY_HAND);
                settledByHand = true;
            }
            default -> { }
        }
    }

    private void reversed(StoredFact event, String id) {
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

    private void begin(StoredFact event, Kind kind) {
        operations.put(event.text("operationId"), new Operation(kind, State.OPEN, event.amount("amount")));
    }

    private void settle(String id, State state) {
        operations.computeIfPresent(id, (same, operation) ->
                operation.state() == State.SETTLED_BY_HAND ? operation : operation.as(state));
    }

    String paymentId() {
        return paymentId;
    }

    String shop() {
        return shop;
    }

    String currency() {
        return currency;
    }

    /** An amount of this payment as people read it. */
    String text(long amount) {
        return Money.text(currency, amount);
    }

    Map<String, Operation> operations() {
        return operations;
    }

    long authorized() {
        return authorized;
    }

    int authorizations() {
        return authorizations;
    }

    long captured() {
        return sum(Kind.CAPTURE);
    }

    long refunded() {
        return sum(Kind.REFUND);
    }

    boolean isVoided() {
        return voided;
    }

    /** Somebody has settled something beside the gateway, so that the sums no longer tell all. */
    boolean isSettledByHand() {
        return settledByHand;
    }

    /** Whether this refund was paid back. */
    boolean isPaidBack(String refundId) {
        return refundsByOperation.entrySet().stream().anyMatch(entry -> entry.getValue().equals(refundId)
                && operations.get(entry.getKey()).counts());
    }

    private long sum(Kind kind) {
        return operations.values().stream().filter(operation -> operation.kind() == kind && operation.counts())
                .mapToLong(Operation::amount).sum();
    }
}
