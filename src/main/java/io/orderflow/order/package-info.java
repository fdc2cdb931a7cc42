/** Takes orders and decides how they end. */
@ApplicationModule(displayName = "Orders", allowedDependencies = {"shared", "platform::spi"})
@NullMarked
package io.orderflow.order;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
