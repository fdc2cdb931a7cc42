package broken.orderflow.order.command;

/** A command with a handler. */
public record FillBasket() {
}
