package broken.orderflow.order.query;

/** A query with two answerers. */
public record FindBasket() {
}
