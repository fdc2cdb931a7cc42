package io.orderflow.operations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.orderflow.order.command.ResumeOrder;
import io.orderflow.order.query.ListWaitingOrders;
import io.orderflow.order.query.WaitingOrderPage;
import io.orderflow.order.query.WaitingOrderPage.WaitingOrder;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Page;
import io.orderflow.shared.WaitingOn;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST API of waiting orders, longest wait first, and the resumption of one that is stuck. */
@RestController
@RequestMapping("/v1/operations/waiting-orders")
class WaitingOrderController {

    private static final int SECONDS = 10;

    private final CommandGateway commands;
    private final QueryGateway queries;
    private final DeadLetters letters;
    private final Clock clock;

    WaitingOrderController(CommandGateway commands, QueryGateway queries, DeadLetters letters, Clock clock) {
        this.commands = commands;
        this.queries = queries;
        this.letters = letters;
        this.clock = clock;
    }

    /** @param overdue whether Orderflow should have taken the next step by now */
    record WaitingOrderView(@JsonUnwrapped WaitingOrder order, boolean overdue) {
    }

    record WaitingOrderList(List<WaitingOrderView> items, @Nullable String next) implements Page {
    }

    @GetMapping
    WaitingOrderList list(@RequestParam(required = false) WaitingOn.@Nullable Party party,
            @RequestParam(required = false) @Nullable @CodePointLength(max = 64) String code,
            @RequestParam(required = false) @Nullable @CodePointLength(max = 512) String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        WaitingOrderPage page = queries.query(new ListWaitingOrders(party, code, cursor, limit),
                ResponseTypes.instanceOf(WaitingOrderPage.class)).orTimeout(SECONDS, TimeUnit.SECONDS).join();
        Instant now = clock.instant();
        return new WaitingOrderList(page.items().stream()
                .map(order -> new WaitingOrderView(order, isBefore(order.waitingOn().deadline(), now))).toList(),
                page.next());
    }

    private static boolean isBefore(@Nullable Instant deadline, Instant now) {
        return deadline != null && deadline.isBefore(now);
    }

    @PostMapping("/{orderId}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void resume(@PathVariable OrderId orderId) {
        letters.retryOfSagas(orderId.value());
        commands.sendAndWait(new ResumeOrder(orderId, "Requested by an operator",
                clock.instant().truncatedTo(ChronoUnit.MICROS)), SECONDS, TimeUnit.SECONDS);
    }
}
