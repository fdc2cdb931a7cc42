/** Units on hand and reserved per SKU. */
@NullMarked
@ApplicationModule(displayName = "Inventory", allowedDependencies = {"shared", "platform::spi"})
package io.orderflow.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
