package io.orderflow.inventory;

import io.orderflow.inventory.command.ReceiveStock;
import io.orderflow.inventory.query.ListStock;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Fills an empty store with something to order; a store that ever knew a SKU is left alone. */
@Component
@ConditionalOnProperty(name = "orderflow.demo.enabled", matchIfMissing = true)
class DemoCatalogue implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DemoCatalogue.class);
    private static final List<Delivery> DELIVERIES = List.of(
            new Delivery("MUG-BLUE", 500),
            new Delivery("MUG-WHITE", 400),
            new Delivery("TEE-BLACK-M", 300),
            new Delivery("TEE-BLACK-L", 300),
            new Delivery("NOTEBOOK-A5", 800),
            new Delivery("PEN-GEL", 900),
            new Delivery("TOTE-CANVAS", 250),
            new Delivery("POSTER-LIMITED", 10));

    private final CommandGateway commands;
    private final StockAnswers answers;
    private final StockLedger ledger;

    DemoCatalogue(CommandGateway commands, StockAnswers answers, StockLedger ledger) {
        this.commands = commands;
        this.answers = answers;
        this.ledger = ledger;
    }

    private record Delivery(Sku sku, Quantity quantity) {

        Delivery(String sku, int quantity) {
            this(new Sku(sku), new Quantity(quantity));
        }

        ReceiveStock command() {
            return new ReceiveStock(sku, "mov_demo_" + sku, quantity, "Demo catalogue");
        }
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (nothingWasEverReceived()) {
            DELIVERIES.forEach(delivery ->
                    commands.sendAndWait(delivery.command(), 10, TimeUnit.SECONDS));
            LOG.info("Received a demo catalogue of {} SKUs into the empty store; orderflow.demo.enabled=false starts"
                    + " without", DELIVERIES.size());
        }
    }

    /** The levels may still be on their way after a restart or a replay; the ledger is not. */
    private boolean nothingWasEverReceived() {
        return answers.to(new ListStock(null, 1)).items().isEmpty()
                && DELIVERIES.stream().map(Delivery::sku).noneMatch(ledger::knows);
    }
}
