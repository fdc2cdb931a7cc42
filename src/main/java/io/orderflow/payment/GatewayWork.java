package io.orderflow.payment;

/**
 * An operation on its way to a known outcome, as it waits in the database.
 *
 * @param doubts  how often the gateway was asked without an answer that tells
 * @param givenUp whether it may not be wanted any more, which is to be asked before the first call
 * @param doubt   why the last answer did not tell, in words; null when it is not known, or there was none
 */
record GatewayWork(GatewayOperation operation, int doubts, boolean givenUp, String doubt) {

    static GatewayWork first(GatewayOperation operation) {
        return new GatewayWork(operation, 0, false, null);
    }

    GatewayWork inDoubt() {
        return inDoubt(doubt);
    }

    GatewayWork inDoubt(String why) {
        return new GatewayWork(operation, doubts + 1, givenUp, why);
    }

    GatewayWork perhapsGivenUp() {
        return new GatewayWork(operation, doubts, true, doubt);
    }

    boolean isInDoubt() {
        return doubts > 0;
    }
}
