package broken.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;

/** A fact under the name of another one. */
@StoredAs("order.BasketFilled")
public record BasketEmptied(OrderId orderId) implements OrderFact {
}
