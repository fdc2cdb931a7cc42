package broken.orderflow.payment;

/** Public, and no message. */
public class Card {
}
