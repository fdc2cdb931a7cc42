package io.orderflow.inventory;

import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the stock of one SKU is stored. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    /** @param every a stream of stock never ends: after so many events it is read from a snapshot */
    @Bean
    SnapshotTriggerDefinition stockItemSnapshots(Snapshotter snapshotter,
            @Value("${orderflow.inventory.snapshot-every:500}") int every) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, every);
    }
}
