/** Answers in one go what a page about an order shows, from three modules, and does without the one that is down. */
@ApplicationModule(displayName = "Overview", allowedDependencies = {
        "shared", "platform::spi", "order::query", "payment::query", "inventory::query"})
package io.orderflow.overview;

import org.springframework.modulith.ApplicationModule;
