/** Allowed to see nothing. */
@ApplicationModule(allowedDependencies = {})
package broken.orderflow.order;

import org.springframework.modulith.ApplicationModule;
