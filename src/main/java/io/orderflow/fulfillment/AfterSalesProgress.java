package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.order.command.CloseReturn;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The returns and refunds of one order: the decisions of {@link AfterSales} without a framework.
 *
 * <p>Like {@link Progress} it takes events and returns commands; {@link #outstanding()} returns those whose event has not
 * come yet. A refund may belong to a return or stand alone.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class AfterSalesProgress {

    private OrderId orderId;
    private LinkedHashMap<String, ReturnProgress> returns = new LinkedHashMap<>();
    private LinkedHashMap<String, Refund> refunds = new LinkedHashMap<>();
    private boolean stuck;

    /** @param operationId the operation at the gateway that is to pay back; null while there is none */
    record Refund(State state, String operationId) {

        /** How far a refund has come. */
        enum State {
            UNDER_WAY,
            /** Nobody knows what became of it. */
            UNCERTAIN,
            /** Nothing more is tried by itself. */
            FAILED,
            SETTLED
        }
    }

    private AfterSalesProgress() {
    }

    AfterSalesProgress(OrderId orderId) {
        this.orderId = orderId;
    }

    OrderId orderId() {
        return orderId;
    }

    List<Object> returned(GoodsReturned returned) {
        if (returns.containsKey(returned.returnId())) {
            return List.of();
        }
        returns.put(returned.returnId(), new ReturnProgress(returned));
        return outstanding(returned.returnId()).toList();
    }

    List<Object> stocked(String returnId, Sku sku, boolean damaged) {
        if (returns.containsKey(returnId)) {
            returns.get(returnId).stocked(sku, damaged);
        }
        return closeOnceDone(returnId);
    }

    void refundPostponed(String refundId) {
        refunds.put(refundId, new Refund(Refund.State.UNDER_WAY, null));
    }

    void refundRequested(String refundId, String operationId) {
        refunds.put(refundId, new Refund(Refund.State.UNDER_WAY, operationId));
    }

    List<Object> refunded(String refundId) {
        refunds.put(refundId, new Refund(Refund.State.SETTLED, null));
        return closeOnceDone(refundId);
    }

    /** @param last whether nothing more is tried by itself */
    void refundFailed(String refundId, boolean last) {
        refunds.put(refundId, new Refund(last ? Refund.State.FAILED : Refund.State.UNDER_WAY, null));
    }

    void uncertain(String operationId) {
        setState(operationId, Refund.State.UNCERTAIN);
    }

    /** The gateway has taken the operation on and tells later how it ends. */
    void pending(String operationId) {
        setState(operationId, Refund.State.UNDER_WAY);
    }

    /** Whoever closed it: what it still asked for is not asked for any more, and may have been what was stuck. */
    List<Object> closed(String returnId) {
        if (returns.containsKey(returnId)) {
            returns.get(returnId).close();
        }
        List<Object> next = stuck ? outstanding() : List.of();
        stuck = false;
        return next;
    }

    /** Whether a command failed for good, so that somebody has to look. */
    void stuck(boolean failed) {
        stuck = failed;
    }

    /**
     * What is awaited; of several things the first here matters. Null when only the order has to confirm that a return is
     * closed, which takes no time.
     */
    Code awaited() {
        if (refundsAre(Refund.State.FAILED)) {
            return Code.REFUND_FAILED;
        }
        if (stuck && !outstanding().isEmpty()) {
            return Code.STEP_FAILED;
        }
        if (refundsAre(Refund.State.UNCERTAIN)) {
            return Code.REFUND_OUTCOME_UNKNOWN;
        }
        if (refundsAre(Refund.State.UNDER_WAY) || open().anyMatch(this::isRefundToBeAsked)) {
            return Code.REFUND;
        }
        boolean stocked = open().map(Map.Entry::getValue).allMatch(ReturnProgress::isStocked);
        return stocked ? null : Code.STOCK_RETURN;
    }

    boolean isOver() {
        return open().findAny().isEmpty()
                && refunds.values().stream().allMatch(refund -> refund.state() == Refund.State.SETTLED);
    }

    /** The commands of all open returns that have not become a fact yet. */
    List<Object> outstanding() {
        return open().flatMap(open -> outstanding(open.getKey())).toList();
    }

    /** The money first, as in {@link Shipment}: whoever takes the same locks takes them in the same order. */
    private Stream<Object> outstanding(String returnId) {
        var open = returns.get(returnId);
        if (isDone(returnId)) {
            return Stream.of(new CloseReturn(orderId, returnId, null, ExpectedVersion.ANY));
        }
        Stream<Object> refund = isRefundToBeAsked(Map.entry(returnId, open)) ? Stream.of(open.refund(orderId))
                : Stream.empty();
        return Stream.concat(refund, open.stock(orderId));
    }

    private List<Object> closeOnceDone(String returnId) {
        return returns.containsKey(returnId) && !returns.get(returnId).isClosed() && isDone(returnId)
                ? outstanding(returnId).toList() : List.of();
    }

    private boolean isDone(String returnId) {
        var open = returns.get(returnId);
        return open.isStocked() && (open.isWorthNothing() || refunds.containsKey(returnId)
                && refunds.get(returnId).state() == Refund.State.SETTLED);
    }

    private boolean isRefundToBeAsked(Map.Entry<String, ReturnProgress> open) {
        return !open.getValue().isWorthNothing() && !refunds.containsKey(open.getKey());
    }

    private boolean refundsAre(Refund.State state) {
        return refunds.values().stream().anyMatch(refund -> refund.state() == state);
    }

    private void setState(String operationId, Refund.State state) {
        refunds.replaceAll((id, refund) -> operationId.equals(refund.operationId())
                ? new Refund(state, operationId) : refund);
    }

    private Stream<Map.Entry<String, ReturnProgress>> open() {
        return returns.entrySet().stream().filter(entry -> !entry.getValue().isClosed());
    }
}
