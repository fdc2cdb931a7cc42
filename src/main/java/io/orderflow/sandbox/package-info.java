/** Stand-in for an external payment gateway: an HTTP server with its own durable ledger (docs/sandbox.md). */
@NullMarked
@ApplicationModule(displayName = "Sandbox gateway", allowedDependencies = "shared")
package io.orderflow.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
