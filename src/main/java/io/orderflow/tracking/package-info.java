/** Tells one story per order from the facts of all modules. */
@ApplicationModule(displayName = "Tracking", allowedDependencies = {
        "shared", "platform::spi", "order::event", "payment::event", "inventory::event"})
package io.orderflow.tracking;

import org.springframework.modulith.ApplicationModule;
