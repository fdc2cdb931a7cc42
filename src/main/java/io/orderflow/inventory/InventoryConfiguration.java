package io.orderflow.inventory;

import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Snapshots of stock items, and the event order of their projection. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    /** @param every number of events between snapshots; the stream of a stock item never ends */
    @Bean
    SnapshotTriggerDefinition stockItemSnapshots(Snapshotter snapshotter,
            @Value("${orderflow.inventory.snapshot-every:500}") int every) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, every);
    }

    /** In order per SKU instead of per order: a level is the sum of the movements of all orders. */
    @Bean
    ConfigurerModule stockInSequence() {
        return configurer -> configurer.eventProcessing().registerSequencingPolicy(StockProjection.GROUP,
                axon -> SequentialPerAggregatePolicy.instance());
    }
}
