/** The auditor: evaluates what must always be true from the raw stores, by its own reading of them (docs/adr/0009). */
@ApplicationModule(displayName = "Audit", allowedDependencies = "shared")
package io.orderflow.audit;

import org.springframework.modulith.ApplicationModule;
