package broken.orderflow.order.command;

/** A command that nobody handles. */
public record EmptyBasket() {
}
