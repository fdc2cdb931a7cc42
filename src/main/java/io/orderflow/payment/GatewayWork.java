package io.orderflow.payment;

/**
 * An operation on its way to a known outcome, as it waits in the database.
 *
 * @param doubts  how often the gateway was asked without an answer that tells
 * @param givenUp whether it may not be wanted any more, which is to be asked before the first call
 */
record GatewayWork(GatewayOperation operation, int doubts, boolean givenUp) {

    static GatewayWork first(GatewayOperation operation) {
        return new GatewayWork(operation, 0, false);
    }

    GatewayWork inDoubt() {
        return new GatewayWork(operation, doubts + 1, givenUp);
    }

    GatewayWork perhapsGivenUp() {
        return new GatewayWork(operation, doubts, true);
    }

    boolean isInDoubt() {
        return doubts > 0;
    }
}
