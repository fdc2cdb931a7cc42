package broken.orderflow.order.event;

import org.axonframework.serialization.Revision;

/** A fact about nothing. */
@Revision("1")
public record BasketLost() {
}
