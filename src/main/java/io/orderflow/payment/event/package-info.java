/** What this module announces. */
@NamedInterface("event")
package io.orderflow.payment.event;

import org.springframework.modulith.NamedInterface;
