package io.orderflow.payment.callback;

import io.orderflow.payment.gateway.GatewayNotice;

/**
 * A callback that is kept.
 *
 * @param attempts how often nothing was found that it is about, or the matter was busy
 */
record KeptCallback(String gateway, GatewayNotice notice, int attempts) {
}
