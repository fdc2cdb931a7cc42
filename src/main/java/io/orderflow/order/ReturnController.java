package io.orderflow.order;

import io.orderflow.order.command.CloseReturn;
import io.orderflow.order.query.ReturnView;
import io.orderflow.shared.Caller;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.RequestIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Creates returns, and lets staff close a return that cannot be closed by itself. */
@RestController
@RequestMapping("/v1/orders/{id}/returns")
class ReturnController {

    private final OrderChanges changes;
    private final OrderAnswers orders;
    private final Clock clock;

    ReturnController(OrderChanges changes, OrderAnswers orders, Clock clock) {
        this.changes = changes;
        this.orders = orders;
        this.clock = clock;
    }

    /** @param note how the return was settled */
    record ClosureRequest(@NotBlank @CodePointLength(max = 500) String note) {
    }

    @PostMapping
    ResponseEntity<ReturnView> takeBack(@PathVariable OrderId id, @Valid @RequestBody ReturnRequest body,
            RequestIdentity request, ExpectedVersion seen, Caller caller) {
        orders.requireVisible(id, caller);
        return created(id, seen, expected -> body.command(id, request,
                clock.instant().truncatedTo(ChronoUnit.MICROS), expected));
    }

    @PostMapping("/{returnId}/closures")
    ResponseEntity<ReturnView> close(@PathVariable OrderId id, @PathVariable String returnId,
            @Valid @RequestBody ClosureRequest body, RequestIdentity request, ExpectedVersion seen) {
        return created(id, seen, expected -> new CloseReturn(id, returnId, body.note(), expected));
    }

    private ResponseEntity<ReturnView> created(OrderId id, ExpectedVersion seen,
            Function<ExpectedVersion, Object> command) {
        ReturnView answer = changes.send(id, seen, command);
        return ResponseEntity.created(URI.create("/v1/orders/" + id)).body(answer);
    }
}
