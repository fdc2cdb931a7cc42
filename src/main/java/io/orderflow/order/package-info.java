/** Takes orders and knows their fate. */
@ApplicationModule(displayName = "Orders", allowedDependencies = {"shared"})
package io.orderflow.order;

import org.springframework.modulith.ApplicationModule;
