package io.orderflow.order.command;

import io.orderflow.order.event.Address;
import io.orderflow.order.event.Customer;
import io.orderflow.order.event.OrderLine;
import io.orderflow.platform.spi.OncePerRequest;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Take an order. Placing the same order again changes nothing.
 *
 * @param shop      identity of the shop that places it
 * @param currency  ISO 4217 code of every price
 * @param address   null when the shop keeps it
 * @param request   identity of the request: tells a repetition from another one with the same reference
 * @param waitingOn the reservation of its stock
 * @param placedAt  UTC
 */
public record PlaceOrder(@TargetAggregateIdentifier OrderId orderId, String shop, String reference,
        Customer customer, String currency, List<OrderLine> lines, PaymentMethod paymentMethod,
        @Nullable Address address, String request, WaitingOn waitingOn, Instant placedAt) implements OncePerRequest {

    public PlaceOrder {
        lines = List.copyOf(lines);
    }
}
