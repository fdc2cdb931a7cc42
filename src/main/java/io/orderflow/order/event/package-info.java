/** What this module announces. */
@NamedInterface("event")
package io.orderflow.order.event;

import org.springframework.modulith.NamedInterface;
