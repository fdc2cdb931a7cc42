package broken.orderflow.order.event;

import io.orderflow.shared.StoredAs;

/** A fact about nothing. */
@StoredAs("order.BasketLost")
public record BasketLost() {
}
