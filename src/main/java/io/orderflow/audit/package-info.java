/** Evaluates the invariants from the raw stores, without the code that wrote them (docs/adr/0009). */
@NullMarked
@ApplicationModule(displayName = "Audit", allowedDependencies = "shared")
package io.orderflow.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
