package io.orderflow.inventory;

import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the stock of one SKU is stored, and in which order it is projected. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    /** @param every a stream of stock never ends: after so many events it is read from a snapshot */
    @Bean
    SnapshotTriggerDefinition stockItemSnapshots(Snapshotter snapshotter,
            @Value("${orderflow.inventory.snapshot-every:500}") int every) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, every);
    }

    /** Not by order as elsewhere: the movements of a SKU add up, whichever order caused them. */
    @Bean
    ConfigurerModule stockInSequence() {
        return configurer -> configurer.eventProcessing().registerSequencingPolicy(StockProjection.GROUP,
                axon -> SequentialPerAggregatePolicy.instance());
    }
}
