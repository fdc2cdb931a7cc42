package io.orderflow.order.query;

import io.orderflow.shared.WaitingOn;

/**
 * Orders that wait on somebody, those that wait longest first; answered by a {@link WaitingOrderPage}.
 *
 * @param party  null for everybody
 * @param code   null for whatever they wait for
 * @param cursor of the page before
 * @param limit  1 to 200
 */
public record ListWaitingOrders(WaitingOn.Party party, String code, String cursor, int limit) {
}
