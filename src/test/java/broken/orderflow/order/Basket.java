package broken.orderflow.order;

import broken.orderflow.order.command.FillBasket;
import broken.orderflow.order.query.FindBasket;
import java.time.Instant;
import java.util.Random;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.spring.stereotype.Aggregate;

/** Asks the clock, throws dice, and is open to everybody. */
@Aggregate
public class Basket {

    private final Discount discount = new Discount(new Random());
    private Instant filledAt;

    @CommandHandler
    public void handle(FillBasket fill) {
        filledAt = Instant.now();
    }

    @QueryHandler
    String answer(FindBasket query) {
        return discount + " since " + filledAt;
    }

    @QueryHandler
    String answerToo(FindBasket query) {
        return answer(query);
    }
}
