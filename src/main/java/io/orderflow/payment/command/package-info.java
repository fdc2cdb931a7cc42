/** What this module can be asked to do. */
@NamedInterface("command")
package io.orderflow.payment.command;

import org.springframework.modulith.NamedInterface;
