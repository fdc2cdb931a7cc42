/** One answer about an order from three modules, partial while one of them is unavailable. */
@NullMarked
@ApplicationModule(displayName = "Overview", allowedDependencies = {
        "shared", "platform::spi", "order::query", "payment::query", "inventory::query"})
package io.orderflow.overview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
