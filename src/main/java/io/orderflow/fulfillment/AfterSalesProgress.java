package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.order.command.CloseReturn;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The returns and refunds of one order. Each method handles an event and returns the commands that follow. A refund may
 * belong to a return or stand alone.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class AfterSalesProgress implements OrderProcess {

    private OrderId orderId;
    private LinkedHashMap<String, ReturnProgress> returns = new LinkedHashMap<>();
    private LinkedHashMap<String, Refund> refunds = new LinkedHashMap<>();
    private boolean stuck;

    /** @param operationId the operation at the gateway; null while there is none */
    record Refund(State state, @Nullable String operationId) {

        enum State {
            UNDER_WAY,
            /** Its outcome is unknown. */
            UNCERTAIN,
            /** It is not tried again by itself. */
            FAILED,
            SETTLED
        }
    }

    private AfterSalesProgress() {
    }

    AfterSalesProgress(OrderId orderId) {
        this.orderId = orderId;
    }

    @Override
    public OrderId orderId() {
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

    /** @param last whether it is not tried again by itself */
    void refundFailed(String refundId, boolean last) {
        refunds.put(refundId, new Refund(last ? Refund.State.FAILED : Refund.State.UNDER_WAY, null));
    }

    void uncertain(String operationId) {
        setState(operationId, Refund.State.UNCERTAIN);
    }

    /** The gateway has accepted the operation and reports its outcome later. */
    void pending(String operationId) {
        setState(operationId, Refund.State.UNDER_WAY);
    }

    /** The commands of a closed return are not outstanding any more; one of them may have been the failed step. */
    List<Object> closed(String returnId) {
        if (returns.containsKey(returnId)) {
            returns.get(returnId).close();
        }
        List<Object> next = stuck ? outstanding() : List.of();
        stuck = false;
        return next;
    }

    @Override
    public void stepFailed(boolean failed) {
        stuck = failed;
    }

    @Override
    public @Nullable Code phase() {
        return awaited();
    }

    /** Null, too, when only the order has to confirm that a return is closed, which takes no time. */
    @Override
    public @Nullable Code awaited() {
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

    @Override
    public List<Object> outstanding(WaitingOn waitingOn) {
        return outstanding();
    }

    List<Object> outstanding() {
        return open().flatMap(open -> outstanding(open.getKey())).toList();
    }

    /** The money first, as in {@link Shipment}, so that both sagas take the same locks in the same order. */
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
