package io.orderflow.order.command;

import io.orderflow.order.event.ReturnedLine;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.OrderId;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Take back units of an order that were dispatched, each of them once.
 *
 * @param returnId   identity of the return, {@code ret_…}
 * @param lines      what came back, each SKU once per condition
 * @param returnedAt UTC
 */
public record ReturnGoods(@TargetAggregateIdentifier OrderId orderId, String returnId, List<ReturnedLine> lines,
        String reason, Instant returnedAt, ExpectedVersion expectedVersion) implements PermanentRequest {

    public ReturnGoods {
        lines = List.copyOf(lines);
    }
}
