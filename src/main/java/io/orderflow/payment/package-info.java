/** Takes, captures, voids and refunds money. */
@ApplicationModule(displayName = "Payments", allowedDependencies = {"shared", "platform::spi"})
package io.orderflow.payment;

import org.springframework.modulith.ApplicationModule;
