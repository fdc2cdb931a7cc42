package io.orderflow.payment;

/**
 * An operation on its way to a known outcome, as it waits in the database.
 *
 * @param doubts how often the gateway was asked without an answer that tells
 */
record GatewayWork(GatewayOperation operation, int doubts) {

    static GatewayWork first(GatewayOperation operation) {
        return new GatewayWork(operation, 0);
    }

    GatewayWork inDoubt() {
        return new GatewayWork(operation, doubts + 1);
    }

    boolean isInDoubt() {
        return doubts > 0;
    }
}
