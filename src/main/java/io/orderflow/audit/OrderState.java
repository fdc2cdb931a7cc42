package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** One order as its own events tell it. */
final class OrderState {

    private final Map<String, Long> ordered = new LinkedHashMap<>();
    private final Map<String, Return> returns = new LinkedHashMap<>();
    private final long index;
    private final String currency;
    private final long total;
    private final long sumOfLines;
    private String status = "placed";
    private JsonNode waitingOn;
    private boolean cancellation;
    private long dispatchedValue;

    /** @param byHand whether staff closed it, so that the money need not have gone back by itself */
    record Return(long value, boolean closed, boolean byHand) {
    }

    OrderState(StoredFact placed) {
        index = placed.index();
        currency = placed.payload().path("total").path("currency").asText();
        total = placed.amount("total");
        long sum = 0;
        for (JsonNode line : placed.payload().path("lines")) {
            ordered.merge(line.path("sku").asText(), line.path("quantity").asLong(), Long::sum);
            sum += line.path("quantity").asLong() * line.path("unitPrice").path("amount").asLong();
        }
        sumOfLines = sum;
        waitingOn = placed.waitingOn(NullNode.getInstance());
    }

    /** @return whether an order that stands where this one does may become so */
    boolean on(StoredFact event) {
        boolean ended = isEnded();
        waitingOn = event.waitingOn(waitingOn);
        switch (event.type()) {
            case "order.OrderConfirmed" -> status = "confirmed";
            case "order.OrderCompleted" -> status = "completed";
            case "order.OrderCancelled" -> status = "cancelled";
            case "order.OrderRejected" -> status = "rejected";
            case "order.OrderDispatched" -> dispatched(event);
            case "order.CancellationRequested" -> cancellation = true;
            case "order.GoodsReturned" -> {
                returns.put(event.text("returnId"), new Return(event.amount("value"), false, false));
                return true;
            }
            case "order.ReturnClosed" -> {
                returns.computeIfPresent(event.text("returnId"), (id, open) -> new Return(open.value(), true,
                        event.payload().hasNonNull("note")));
                return true;
            }
            default -> {
                return true;
            }
        }
        return !ended;
    }

    private void dispatched(StoredFact event) {
        status = "dispatched";
        dispatchedValue += event.amount("value");
    }

    boolean isEnded() {
        return status.equals("completed") || status.equals("cancelled") || status.equals("rejected");
    }

    /** Where it was placed among all events. */
    long index() {
        return index;
    }

    String status() {
        return status;
    }

    /** Whether its events state what it waits for. */
    boolean isWaiting() {
        return !waitingOn.isNull();
    }

    boolean isCancellationRequested() {
        return cancellation;
    }

    Map<String, Long> ordered() {
        return ordered;
    }

    Map<String, Return> returns() {
        return returns;
    }

    String currency() {
        return currency;
    }

    long total() {
        return total;
    }

    long sumOfLines() {
        return sumOfLines;
    }

    long dispatchedValue() {
        return dispatchedValue;
    }
}
