/** Takes, captures, voids and refunds money. */
@ApplicationModule(displayName = "Payments", allowedDependencies = {"shared"})
package io.orderflow.payment;

import org.springframework.modulith.ApplicationModule;
