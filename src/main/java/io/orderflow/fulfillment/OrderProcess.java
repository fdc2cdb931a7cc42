package io.orderflow.fulfillment;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state and the decisions of a saga, without a framework. Each phase has a deadline of its own. */
interface OrderProcess {

    OrderId orderId();

    @Nullable Enum<?> phase();

    /** What the order waits for; null when nothing is awaited. */
    @Nullable Code awaited();

    /** Notes that a command failed that would fail again, so that staff has to act, or that all could be sent. */
    void stepFailed(boolean failed);

    /**
     * The commands whose event has not come. Every command can be repeated.
     *
     * @param waitingOn what the order waits for now
     */
    List<Object> outstanding(WaitingOn waitingOn);
}
