/** What operators see and do: processors, dead letters, waiting orders, deadlines, circuit breakers, backups. */
@NullMarked
@ApplicationModule(displayName = "Operations", allowedDependencies = {
        "shared", "platform::spi", "order::command", "order::query"})
package io.orderflow.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
