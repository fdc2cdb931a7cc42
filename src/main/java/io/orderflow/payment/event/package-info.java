/** The events of this module. */
@NamedInterface("event")
@NullMarked
package io.orderflow.payment.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
