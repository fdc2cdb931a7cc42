/** Coordinates stock, payment and dispatch of every order, and compensates in reverse order when a step fails. */
@ApplicationModule(displayName = "Fulfillment", allowedDependencies = {
        "shared", "platform::spi", "order::command", "order::event", "order::query",
        "payment::command", "payment::event", "inventory::command", "inventory::event"})
@NullMarked
package io.orderflow.fulfillment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
