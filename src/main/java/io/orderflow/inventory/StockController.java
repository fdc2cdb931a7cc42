package io.orderflow.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.inventory.command.AdjustStock;
import io.orderflow.inventory.command.ReceiveStock;
import io.orderflow.inventory.command.StockTask;
import io.orderflow.inventory.query.FindStock;
import io.orderflow.inventory.query.ListMovements;
import io.orderflow.inventory.query.ListStock;
import io.orderflow.inventory.query.MovementPage;
import io.orderflow.inventory.query.MovementReceipt;
import io.orderflow.inventory.query.StockPage;
import io.orderflow.inventory.query.StockView;
import io.orderflow.shared.Caller;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitPreference;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Stock over REST: levels, their movements, receipts and adjustments. Quantities are units. */
@RestController
@RequestMapping("/v1/stock")
class StockController {

    private static final String MOVEMENT = "mov_";

    private final CommandGateway commands;
    private final StockAnswers answers;

    StockController(CommandGateway commands, StockAnswers answers) {
        this.commands = commands;
        this.answers = answers;
    }

    /** @param note free words, may be null */
    record ReceiptRequest(@NotNull @Min(1) @Max(Quantity.MAX) Integer quantity, @Size(max = 500) String note) {
    }

    /** The components mean what they mean in {@link AdjustStock}. */
    record AdjustmentRequest(Integer change, @PositiveOrZero Integer counted, @PositiveOrZero Integer expectedOnHand,
            @NotNull Reason reason, @Size(max = 500) String note) {
    }

    /** Why stock is corrected. */
    enum Reason {
        @JsonProperty("damaged") DAMAGED,
        @JsonProperty("lost") LOST,
        @JsonProperty("found") FOUND,
        @JsonProperty("count") COUNT,
        @JsonProperty("correction") CORRECTION
    }

    @GetMapping
    StockPage list(@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Size(max = 512) String cursor) {
        return answers.to(new ListStock(cursor, limit));
    }

    @GetMapping("/{sku}")
    StockView find(@PathVariable Sku sku) {
        return answers.to(new FindStock(sku));
    }

    @GetMapping(path = "/{sku}", headers = {"Prefer", "If-None-Match"})
    Mono<StockView> findChanged(@PathVariable Sku sku, Caller caller, WaitPreference preference) {
        return answers.changed(new FindStock(sku), caller, preference);
    }

    @GetMapping("/{sku}/movements")
    MovementPage movements(@PathVariable Sku sku,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Size(max = 512) String cursor) {
        return answers.to(new ListMovements(sku, cursor, limit));
    }

    @PostMapping("/{sku}/receipts")
    ResponseEntity<MovementReceipt> receive(@PathVariable Sku sku, @Valid @RequestBody ReceiptRequest body,
            RequestIdentity request) {
        return move(new ReceiveStock(sku, request.id(MOVEMENT), new Quantity(body.quantity()), body.note()));
    }

    @PostMapping("/{sku}/adjustments")
    ResponseEntity<MovementReceipt> adjust(@PathVariable Sku sku, @Valid @RequestBody AdjustmentRequest body,
            RequestIdentity request, ExpectedVersion expected) {
        requireNotBlind(body, expected);
        return move(new AdjustStock(sku, request.id(MOVEMENT), body.change(), body.counted(),
                body.expectedOnHand(), body.reason().name().toLowerCase(Locale.ROOT), body.note(), expected));
    }

    /** A count replaces what is there, also what came or went since somebody began to count. */
    private static void requireNotBlind(AdjustmentRequest body, ExpectedVersion expected) {
        boolean count = body.counted() != null && body.change() == null;
        if (count && body.expectedOnHand() == null && expected.isAny()) {
            throw new Refusal(Refusal.Kind.PRECONDITION_REQUIRED, "precondition_required",
                    "Say what a count replaces: 'expected_on_hand', or 'If-Match' with the ETag of the stock level.");
        }
    }

    private ResponseEntity<MovementReceipt> move(StockTask command) {
        MovementReceipt receipt = commands.sendAndWait(command, 10, TimeUnit.SECONDS);
        return ResponseEntity.created(URI.create(movementsOf(command.sku()))).body(receipt);
    }

    private static String movementsOf(Sku sku) {
        return "/v1/stock/" + sku + "/movements";
    }
}
