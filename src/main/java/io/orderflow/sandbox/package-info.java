/** Stands for the payment gateway of the outside world, to practise on: an HTTP server with a ledger of its own. */
@ApplicationModule(displayName = "Sandbox gateway", allowedDependencies = "shared")
package io.orderflow.sandbox;

import org.springframework.modulith.ApplicationModule;
