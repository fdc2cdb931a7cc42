/** The commands of this module. */
@NamedInterface("command")
@NullMarked
package io.orderflow.payment.command;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
