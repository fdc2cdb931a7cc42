/** Takes orders and knows their fate. */
@ApplicationModule(displayName = "Orders", allowedDependencies = {"shared", "platform::spi"})
package io.orderflow.order;

import org.springframework.modulith.ApplicationModule;
