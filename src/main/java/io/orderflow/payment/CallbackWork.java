package io.orderflow.payment;

/**
 * A callback that has been kept and not been followed yet, as it waits in the database.
 *
 * @param attempts how often nothing was found that it is about, or the matter was busy
 */
record CallbackWork(String gateway, GatewayNotice notice, int attempts) {

    CallbackWork again() {
        return new CallbackWork(gateway, notice, attempts + 1);
    }
}
