/** Events that the inventory publishes. */
@NullMarked
@NamedInterface("event")
package io.orderflow.inventory.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
