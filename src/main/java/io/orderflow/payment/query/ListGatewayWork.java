package io.orderflow.payment.query;

/**
 * Operations that wait for the gateway, oldest first; answered by a {@link GatewayWorkView}.
 *
 * @param limit how many at most, from 1 to 200
 */
public record ListGatewayWork(int limit) {
}
