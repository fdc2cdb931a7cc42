package io.orderflow.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.inventory.command.AdjustStock;
import io.orderflow.inventory.command.ReceiveStock;
import io.orderflow.inventory.command.StockTask;
import io.orderflow.inventory.query.FindStock;
import io.orderflow.inventory.query.MovementReceipt;
import io.orderflow.inventory.query.StockView;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.Cursor;
import io.orderflow.platform.spi.LiveResource;
import io.orderflow.platform.spi.WaitPreference;
import io.orderflow.shared.Caller;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Page;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.Sku;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** REST API of stock: levels, movements, receipts and adjustments. Quantities are units. */
@RestController
@RequestMapping("/v1/stock")
class StockController {

    private static final String MOVEMENT = "mov_";

    private final CommandGateway commands;
    private final LiveResource<StockView> levels;
    private final StockRows rows;
    private final StockLedger ledger;

    StockController(CommandGateway commands, QueryGateway queries, CatchUp catchUp, StockRows rows,
            StockLedger ledger) {
        this.commands = commands;
        this.levels = new LiveResource<>(queries, catchUp, StockProjection.GROUP, StockView.class);
        this.rows = rows;
        this.ledger = ledger;
    }

    record StockPage(List<StockView> items, @Nullable String next) implements Page {
    }

    record MovementPage(List<MovementView> items, @Nullable String next) implements Page {
    }

    record ReceiptRequest(@NotNull @Min(1) @Max(Quantity.MAX) Integer quantity,
            @Nullable @CodePointLength(max = 500) String note) {
    }

    /** The components have the meaning that they have in {@link AdjustStock}. */
    record AdjustmentRequest(@Nullable Integer change, @Nullable @PositiveOrZero Integer counted,
            @Nullable @PositiveOrZero Integer expectedOnHand, @NotNull Reason reason,
            @Nullable @CodePointLength(max = 500) String note) {
    }

    /** Reason of an adjustment. */
    enum Reason {
        @JsonProperty("damaged") DAMAGED,
        @JsonProperty("lost") LOST,
        @JsonProperty("found") FOUND,
        @JsonProperty("count") COUNT,
        @JsonProperty("correction") CORRECTION
    }

    @GetMapping
    StockPage list(@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable @CodePointLength(max = 512) String cursor) {
        String after = Cursor.key(cursor, "", key -> new Sku(key).value());
        return Page.of(rows.list(after, limit + 1), limit, level -> Cursor.after(level.sku()), StockPage::new);
    }

    /** @throws Refusal when the SKU was never received */
    @GetMapping("/{sku}")
    StockView find(@PathVariable Sku sku) {
        return levels.get(new FindStock(sku), sku.stockItemId(), () -> requireKnown(sku));
    }

    @GetMapping(path = "/{sku}", headers = {"Prefer", "If-None-Match"})
    Mono<StockView> findChanged(@PathVariable Sku sku, Caller caller, WaitPreference preference) {
        return levels.changed(new FindStock(sku), find(sku), caller, preference);
    }

    @GetMapping("/{sku}/movements")
    MovementPage movements(@PathVariable Sku sku,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable @CodePointLength(max = 512) String cursor) {
        long before = Cursor.number(cursor, Long.MAX_VALUE);
        find(sku);
        return Page.of(rows.movements(sku, before, limit + 1), limit, movement -> Cursor.after(movement.sequence()),
                MovementPage::new);
    }

    @PostMapping("/{sku}/receipts")
    ResponseEntity<MovementReceipt> receive(@PathVariable Sku sku, @Valid @RequestBody ReceiptRequest body,
            RequestIdentity request) {
        return move(new ReceiveStock(sku, request.id(MOVEMENT), new Quantity(body.quantity()), body.note()));
    }

    @PostMapping("/{sku}/adjustments")
    ResponseEntity<MovementReceipt> adjust(@PathVariable Sku sku, @Valid @RequestBody AdjustmentRequest body,
            RequestIdentity request, ExpectedVersion expected) {
        requireExpectation(body, expected);
        return move(new AdjustStock(sku, request.id(MOVEMENT), body.change(), body.counted(),
                body.expectedOnHand(), body.reason().name().toLowerCase(Locale.ROOT), body.note(), expected));
    }

    /** A count overwrites the level, including movements that were made since the counting began. */
    private static void requireExpectation(AdjustmentRequest body, ExpectedVersion expected) {
        boolean count = body.counted() != null && body.change() == null;
        if (count && body.expectedOnHand() == null && expected.isAny()) {
            throw new Refusal(Refusal.Kind.PRECONDITION_REQUIRED, "precondition_required",
                    "Say what a count replaces: 'expected_on_hand', or 'If-Match' with the ETag of the stock level.");
        }
    }

    private ResponseEntity<MovementReceipt> move(StockTask command) {
        MovementReceipt receipt = commands.sendAndWait(command, 10, TimeUnit.SECONDS);
        return ResponseEntity.created(URI.create("/v1/stock/" + command.sku() + "/movements")).body(receipt);
    }

    private void requireKnown(Sku sku) {
        if (!ledger.wasReceived(sku)) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_sku",
                    "There was never any stock of '%s'.".formatted(sku));
        }
    }
}
