/** Leads every order through stock, money and dispatch, and undoes all of it when a step fails. */
@ApplicationModule(displayName = "Fulfillment", allowedDependencies = {
        "shared", "platform::spi", "order::command", "order::event", "order::query",
        "payment::command", "payment::event", "inventory::command", "inventory::event"})
package io.orderflow.fulfillment;

import org.springframework.modulith.ApplicationModule;
