package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One order according to the events about it. */
final class OrderState {

    private static final Set<String> ENDS = Set.of("completed", "cancelled", "rejected");
    private static final Map<String, String> PAYMENT_STATUSES = Map.of("payment.PaymentRequested", "requested",
            "payment.PaymentActionRequired", "action_required",
            "payment.PaymentAuthorized", "authorized", "payment.PaymentDeclined", "declined");

    private final Map<String, Long> ordered = new HashMap<>();
    private final Map<String, Return> returns = new LinkedHashMap<>();
    private final long index;
    private final @Nullable String shop;
    private String status = "placed";
    private String paymentStatus = "none";
    private JsonNode waitingOn;
    private boolean cancellationRequested;
    private long dispatchedValue;
    private long shipped;
    private long returned;
    private long version = 1;

    /** @param byHand whether staff closed it, so that the money need not have been refunded at the gateway */
    record Return(long value, boolean closed, boolean byHand) {
    }

    OrderState(EventRow placed) {
        index = placed.index();
        shop = placed.textOrNull("shop");
        waitingOn = placed.waitingOn(NullNode.getInstance());
        placed.payload().path("lines").forEach(line ->
                ordered.merge(line.path("sku").asText(), line.path("quantity").asLong(), Long::sum));
    }

    /** @return whether an order in this state may have this event */
    boolean on(EventRow event) {
        boolean ended = isEnded();
        JsonNode before = waitingOn;
        waitingOn = event.waitingOn(before);
        boolean changesNothing = event.type().equals("order.ResumptionRequested")
                || event.type().equals("order.OrderWaiting") && waitingOn.equals(before);
        version += changesNothing ? 0 : 1;
        if (event.type().startsWith("payment.")) {
            paymentStatus = event.payload().path("paymentStatus").asText(PAYMENT_STATUSES.get(event.type()));
        }
        switch (event.type()) {
            case "order.OrderConfirmed" -> status = "confirmed";
            case "order.OrderCompleted" -> status = "completed";
            case "order.OrderCancelled" -> status = "cancelled";
            case "order.OrderRejected" -> status = "rejected";
            case "order.OrderDispatched" -> {
                status = "dispatched";
                dispatchedValue += event.amount("value");
            }
            case "order.CancellationRequested" -> cancellationRequested = true;
            default -> {
                onAlsoAfterTheEnd(event);
                return true;
            }
        }
        return !ended;
    }

    private void onAlsoAfterTheEnd(EventRow event) {
        switch (event.type()) {
            case "order.GoodsReturned" ->
                    returns.put(event.text("returnId"), new Return(event.amount("value"), false, false));
            case "order.ReturnClosed" -> returns.computeIfPresent(event.text("returnId"), (id, open) ->
                    new Return(open.value(), true, event.payload().hasNonNull("note")));
            case "inventory.StockShipped" -> shipped += event.number("quantity");
            case "inventory.StockReturned" -> returned += event.number("quantity");
            default -> { }
        }
    }

    boolean isEnded() {
        return ENDS.contains(status);
    }

    boolean isWaiting() {
        return !waitingOn.isNull();
    }

    /** The position of its first event in the event store. */
    long index() {
        return index;
    }

    String status() {
        return status;
    }

    boolean isCancellationRequested() {
        return cancellationRequested;
    }

    Map<String, Long> ordered() {
        return ordered;
    }

    Map<String, Return> returns() {
        return returns;
    }

    long dispatchedValue() {
        return dispatchedValue;
    }

    /**
     * What the projection shows of the order: {@link Orders#ROWS}.
     *
     * @param reserved units
     */
    String row(long reserved) {
        String waiting = waitingOn.isNull() ? "null null"
                : constant(waitingOn.path("party").asText()) + ' ' + waitingOn.path("code").asText();
        long openReturns = returns.values().stream().filter(each -> !each.closed()).count();
        return "%s %s %s %s %s %s %s %s %s".formatted(constant(status), constant(paymentStatus), waiting, version,
                reserved, shipped, returned, openReturns, shop);
    }

    /** Events spell constants in lower case; rows contain their names. */
    private static String constant(String spelled) {
        return spelled.toUpperCase(Locale.ROOT);
    }
}
