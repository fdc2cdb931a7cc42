package io.orderflow.payment;

/**
 * A callback that is kept.
 *
 * @param attempts how often nothing was found that it is about, or the matter was busy
 */
record KeptCallback(String gateway, GatewayNotice notice, int attempts) {
}
