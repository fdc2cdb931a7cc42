/** What this module announces. */
@NamedInterface("event")
package io.orderflow.inventory.event;

import org.springframework.modulith.NamedInterface;
