package io.orderflow.order;

import io.orderflow.order.command.DispatchOrder;
import io.orderflow.order.command.RequestCancellation;
import io.orderflow.order.event.DispatchedLine;
import io.orderflow.order.query.CancellationView;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.OrderView;
import io.orderflow.order.query.ShipmentView;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.Sku;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Places, shows, cancels and dispatches orders. */
@RestController
@RequestMapping("/v1/orders")
class OrderController {

    private static final String PREFER = "Prefer";
    private static final int COMMAND_SECONDS = 10;

    private final CommandGateway commands;
    private final OrderWatch orders;
    private final KnownSkus skus;
    private final Clock clock;

    OrderController(CommandGateway commands, OrderWatch orders, KnownSkus skus, Clock clock) {
        this.commands = commands;
        this.orders = orders;
        this.skus = skus;
        this.clock = clock;
    }

    /** Why an order is to be undone. */
    record CancellationRequest(@NotBlank @Size(max = 500) String reason) {
    }

    /** What staff hands to a carrier; without lines all that remains. */
    record ShipmentRequest(@Size(max = 500) List<@NotNull @Valid Line> lines, @Size(max = 100) String carrier,
            @Size(max = 100) String trackingNumber) {

        /** So many units of one SKU. */
        record Line(@NotNull Sku sku, @NotNull Quantity quantity) {
        }

        List<DispatchedLine> dispatchedLines() {
            return lines == null ? List.of()
                    : lines.stream().map(line -> new DispatchedLine(line.sku(), line.quantity())).toList();
        }
    }

    @PostMapping(headers = "!" + PREFER)
    ResponseEntity<OrderView> place(@Valid @RequestBody PlaceOrderRequest body, RequestIdentity request) {
        skus.requireKnown(body.skus());
        Placement placement = send(body.command(request, now()));
        OrderId id = OrderId.of(request);
        return ResponseEntity.created(location(id)).body(body.placed(id, placement));
    }

    @PostMapping(headers = PREFER)
    CompletableFuture<ResponseEntity<OrderView>> placeAndWait(@Valid @RequestBody PlaceOrderRequest body,
            RequestIdentity request, @RequestHeader(PREFER) String prefer) {
        OrderView placed = place(body, request).getBody();
        Duration wait = PreferWait.of(prefer);
        return orders.await(placed.id(), order -> order.status() != OrderStatus.PLACED, wait)
                .thenApply(order -> ResponseEntity.created(location(placed.id()))
                        .header("Preference-Applied", "wait=" + wait.toSeconds())
                        .body(order == null ? placed : order));
    }

    @GetMapping("/{id}")
    OrderView get(@PathVariable OrderId id) {
        return orders.get(id);
    }

    @PostMapping("/{id}/cancellations")
    ResponseEntity<CancellationView> cancel(@PathVariable OrderId id, @Valid @RequestBody CancellationRequest body,
            RequestIdentity request) {
        CancellationView cancellation = send(new RequestCancellation(id, body.reason(), now()));
        return ResponseEntity.created(location(id)).body(cancellation);
    }

    @PostMapping("/{id}/shipments")
    ResponseEntity<ShipmentView> dispatch(@PathVariable OrderId id, @Valid @RequestBody ShipmentRequest body,
            RequestIdentity request) {
        ShipmentView shipment = send(new DispatchOrder(id, request.derive("shp_"), body.dispatchedLines(),
                body.carrier(), body.trackingNumber(), now()));
        return ResponseEntity.created(location(id)).body(shipment);
    }

    private <R> R send(Object command) {
        return commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static URI location(OrderId id) {
        return URI.create("/v1/orders/" + id);
    }
}
