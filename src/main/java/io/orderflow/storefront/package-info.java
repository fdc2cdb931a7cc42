/** Answers in one go what a page about an order shows, from three modules, and does without the one that is down. */
@ApplicationModule(displayName = "Storefront", allowedDependencies = {
        "shared", "order::query", "payment::query", "inventory::query"})
package io.orderflow.storefront;

import org.springframework.modulith.ApplicationModule;
