/** Shows operators what waits and whether the books agree, and lets them have a look taken. */
@ApplicationModule(displayName = "Operations", allowedDependencies = {
        "shared", "platform::spi", "order::command", "order::query", "payment::command", "payment::query"})
package io.orderflow.operations;

import org.springframework.modulith.ApplicationModule;
