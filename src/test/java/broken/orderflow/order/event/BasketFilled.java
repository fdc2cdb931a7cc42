package broken.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;

/** A fact that can change, and has no stored name. */
public class BasketFilled implements OrderFact {

    @Override
    public OrderId orderId() {
        return null;
    }
}
