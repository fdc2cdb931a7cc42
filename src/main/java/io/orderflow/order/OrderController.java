package io.orderflow.order;

import io.orderflow.order.query.CancellationView;
import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.OrderView;
import io.orderflow.order.query.ShipmentView;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.RequestIdentity;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import org.springframework.web.context.request.async.DeferredResult;

/** Places, shows, cancels and dispatches orders. */
@RestController
@RequestMapping("/v1/orders")
class OrderController {

    private static final String PREFER = "Prefer";
    private static final int COMMAND_SECONDS = 10;
    /** The container must not give up on a request before its own time is up. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final CommandGateway commands;
    private final OrderWatch orders;
    private final VisibleOrders visible;
    private final KnownSkus skus;
    private final Clock clock;

    OrderController(CommandGateway commands, OrderWatch orders, VisibleOrders visible, KnownSkus skus, Clock clock) {
        this.commands = commands;
        this.orders = orders;
        this.visible = visible;
        this.skus = skus;
        this.clock = clock;
    }

    @PostMapping(headers = "!" + PREFER)
    ResponseEntity<OrderView> place(@Valid @RequestBody PlaceOrderRequest body, RequestIdentity request) {
        skus.requireKnown(body.skus());
        Placement placement = send(body.command(request, now()));
        return created(OrderId.of(request)).body(body.placed(request, placement));
    }

    @PostMapping(headers = PREFER)
    DeferredResult<ResponseEntity<OrderView>> placeAndWait(@Valid @RequestBody PlaceOrderRequest body,
            RequestIdentity request, @RequestHeader(PREFER) String prefer) {
        ResponseEntity<OrderView> placed = place(body, request);
        Duration wait = PreferWait.of(prefer);
        var answer = new DeferredResult<ResponseEntity<OrderView>>(wait.plus(GRACE).toMillis());
        if (wait.isZero()) {
            answer.setResult(placed);
        } else {
            OrderId id = placed.getBody().id();
            orders.await(new FindOrder(id, request.caller()), order -> order.status() != OrderStatus.PLACED, wait)
                    .defaultIfEmpty(placed.getBody())
                    .map(created(id).header("Preference-Applied", "wait=" + wait.toSeconds())::body)
                    .subscribe(answer::setResult, answer::setErrorResult);
        }
        return answer;
    }

    @GetMapping("/{id}")
    OrderView get(@PathVariable OrderId id, Caller caller) {
        return orders.get(id, caller);
    }

    @PostMapping("/{id}/cancellations")
    ResponseEntity<CancellationView> cancel(@PathVariable OrderId id, @Valid @RequestBody CancellationRequest body,
            RequestIdentity request, Caller caller) {
        visible.require(id, caller);
        return created(id).body(send(body.command(id, now())));
    }

    @PostMapping("/{id}/shipments")
    ResponseEntity<ShipmentView> dispatch(@PathVariable OrderId id, @Valid @RequestBody ShipmentRequest body,
            RequestIdentity request) {
        return created(id).body(send(body.command(id, request, now())));
    }

    private <R> R send(Object command) {
        return commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ResponseEntity.BodyBuilder created(OrderId id) {
        return ResponseEntity.created(URI.create("/v1/orders/" + id));
    }
}
