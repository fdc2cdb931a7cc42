/** Values that every module speaks: identities, money, quantities and the facts about an order. */
@ApplicationModule(displayName = "Shared values", type = ApplicationModule.Type.OPEN, allowedDependencies = {})
@NullMarked
package io.orderflow.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
