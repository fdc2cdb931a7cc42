/** Takes, captures, voids and refunds money. */
@ApplicationModule(displayName = "Payments", allowedDependencies = {"shared", "platform::spi"})
@NullMarked
package io.orderflow.payment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
