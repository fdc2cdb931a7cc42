/** Wires Axon, stores, serializers, HTTP problems and idempotency; knows no business. */
@ApplicationModule(displayName = "Platform", allowedDependencies = {"shared"})
package io.orderflow.platform;

import org.springframework.modulith.ApplicationModule;
