/** The commands of this module. */
@NamedInterface("command")
@NullMarked
package io.orderflow.order.command;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
