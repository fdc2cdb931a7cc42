package io.orderflow.order;

import io.orderflow.order.query.ListOrders;
import io.orderflow.order.query.OrderPage;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.shared.Caller;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Searches orders, newest first. */
@RestController
@RequestMapping("/v1/orders")
class OrderListController {

    private final QueryGateway queries;

    OrderListController(QueryGateway queries) {
        this.queries = queries;
    }

    @GetMapping
    OrderPage list(Caller caller, @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(required = false) @CodePointLength(max = 64) @Nullable String reference,
            @RequestParam(required = false) @CodePointLength(max = 64) @Nullable String customer,
            @RequestParam(required = false) @Nullable Sku sku,
            @RequestParam(name = "waiting_on", required = false) WaitingOn.@Nullable Party waitingOn,
            @RequestParam(name = "created_from", required = false) @Nullable Instant createdFrom,
            @RequestParam(name = "created_to", required = false) @Nullable Instant createdTo,
            @RequestParam(required = false) @CodePointLength(max = 512) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return queries.query(new ListOrders(caller.shop(), status, reference, customer, sku, waitingOn,
                createdFrom, createdTo, cursor, limit),
                ResponseTypes.instanceOf(OrderPage.class)).join();
    }
}
