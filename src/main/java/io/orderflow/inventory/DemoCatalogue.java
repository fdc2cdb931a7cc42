package io.orderflow.inventory;

import io.orderflow.inventory.command.ReceiveStock;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Fills an empty store with stock of some SKUs; does nothing once the store has known any SKU. */
@Component
@ConditionalOnProperty(name = "orderflow.demo.enabled", matchIfMissing = true)
class DemoCatalogue implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DemoCatalogue.class);
    private static final Map<String, Integer> UNITS = Map.of("MUG-BLUE", 500, "MUG-WHITE", 400, "TEE-BLACK-M", 300,
            "TEE-BLACK-L", 300, "NOTEBOOK-A5", 800, "PEN-GEL", 900, "TOTE-CANVAS", 250, "POSTER-LIMITED", 10);

    private final CommandGateway commands;
    private final StockRows rows;
    private final StockLedger ledger;

    DemoCatalogue(CommandGateway commands, StockRows rows, StockLedger ledger) {
        this.commands = commands;
        this.rows = rows;
        this.ledger = ledger;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (isStoreEmpty()) {
            UNITS.forEach((sku, units) -> commands.sendAndWait(new ReceiveStock(new Sku(sku), "mov_demo_" + sku,
                    new Quantity(units), "Demo catalogue"), 10, TimeUnit.SECONDS));
            LOG.info("Received a demo catalogue of {} SKUs into the empty store; orderflow.demo.enabled=false starts"
                    + " without", UNITS.size());
        }
    }

    /** After a restart or a replay the levels may be incomplete, but the events are not. */
    private boolean isStoreEmpty() {
        return rows.list("", 1).isEmpty()
                && UNITS.keySet().stream().noneMatch(sku -> ledger.wasReceived(new Sku(sku)));
    }
}
