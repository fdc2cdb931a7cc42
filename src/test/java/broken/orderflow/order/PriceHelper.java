package broken.orderflow.order;

import broken.orderflow.payment.Card;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;

/** Looks into another module, counts money in floating point, and has its card injected. */
class PriceHelper {

    @Autowired
    Card card;
    double price;
    Supplier<Instant> clock = Instant::now;
}
