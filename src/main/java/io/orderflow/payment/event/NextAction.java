package io.orderflow.payment.event;

import java.time.Instant;

/**
 * What the customer has to do before the bank decides, such as 3-D Secure.
 *
 * @param type      {@code redirect}: send the customer's browser to the address
 * @param url       where to
 * @param expiresAt UTC; after that the gateway declines
 */
public record NextAction(String type, String url, Instant expiresAt) {
}
