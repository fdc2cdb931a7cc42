/** Knows what is on hand, held and gone. */
@ApplicationModule(displayName = "Inventory", allowedDependencies = {"shared", "platform::spi"})
package io.orderflow.inventory;

import org.springframework.modulith.ApplicationModule;
