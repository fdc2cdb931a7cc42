/** The timeline of each order, from the events of all modules, and the feed of all timelines. */
@NullMarked
@ApplicationModule(displayName = "Tracking", allowedDependencies = {
        "shared", "platform::spi", "order::event", "payment::event", "inventory::event"})
package io.orderflow.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
