/** Commands of the inventory. */
@NullMarked
@NamedInterface("command")
package io.orderflow.inventory.command;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
