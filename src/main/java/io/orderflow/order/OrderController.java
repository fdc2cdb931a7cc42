package io.orderflow.order;

import io.orderflow.order.query.CancellationView;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.OrderView;
import io.orderflow.order.query.ShipmentView;
import io.orderflow.platform.spi.WaitPreference;
import io.orderflow.shared.Caller;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Places, shows, cancels and dispatches orders. */
@RestController
@EnableConfigurationProperties(WaitLimits.class)
@RequestMapping("/v1/orders")
class OrderController {

    private static final String PREFER = "Prefer";

    private final OrderChanges changes;
    private final OrderAnswers orders;
    private final KnownSkus skus;
    private final OrderReferences references;
    private final WaitLimits limits;
    private final Clock clock;

    OrderController(OrderChanges changes, OrderAnswers orders, KnownSkus skus, OrderReferences references,
            WaitLimits limits, Clock clock) {
        this.changes = changes;
        this.orders = orders;
        this.skus = skus;
        this.references = references;
        this.limits = limits;
        this.clock = clock;
    }

    @PostMapping(headers = "!" + PREFER)
    ResponseEntity<OrderView> place(@Valid @RequestBody PlaceOrderRequest body, RequestIdentity request) {
        skus.requireKnown(body.skus());
        OrderId id = references.claim(request.caller(), body.reference(), OrderId.of(request));
        Instant now = now();
        PlaceOrderResult placed = changes.send(body.command(id, request, limits.reservation(now), now));
        return created(id).body(body.placed(id, request, placed));
    }

    @PostMapping(headers = PREFER)
    Mono<ResponseEntity<OrderView>> placeAndWait(@Valid @RequestBody PlaceOrderRequest body, RequestIdentity request,
            WaitPreference preference, Caller caller) {
        ResponseEntity<OrderView> placed = place(body, request);
        if (preference.isNone()) {
            return Mono.just(placed);
        }
        return orders.await(placed.getBody().id(), caller, order -> order.status() != OrderStatus.PLACED, preference)
                .defaultIfEmpty(placed.getBody())
                // The order is placed, also when too many requests wait already.
                .onErrorReturn(Refusal.class, placed.getBody())
                .map(order -> ResponseEntity.status(HttpStatus.CREATED).headers(placed.getHeaders()).body(order));
    }

    @GetMapping("/{id}")
    OrderView get(@PathVariable OrderId id, Caller caller) {
        return orders.get(id, caller);
    }

    @GetMapping(path = "/{id}", headers = {PREFER, "If-None-Match"})
    Mono<OrderView> getChanged(@PathVariable OrderId id, Caller caller, WaitPreference preference) {
        return orders.changed(id, caller, preference);
    }

    @PostMapping("/{id}/cancellations")
    ResponseEntity<CancellationView> cancel(@PathVariable OrderId id, @Valid @RequestBody CancellationRequest body,
            RequestIdentity request, ExpectedVersion seen, Caller caller) {
        orders.requireVisible(id, caller);
        return created(id).body(changes.send(id, seen, expected -> body.command(id, now(), expected)));
    }

    @PostMapping("/{id}/shipments")
    ResponseEntity<ShipmentView> dispatch(@PathVariable OrderId id, @Valid @RequestBody ShipmentRequest body,
            RequestIdentity request, ExpectedVersion seen) {
        return created(id).body(changes.send(id, seen, expected -> body.command(id, request, limits, now(), expected)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ResponseEntity.BodyBuilder created(OrderId id) {
        return ResponseEntity.created(URI.create("/v1/orders/" + id));
    }
}
