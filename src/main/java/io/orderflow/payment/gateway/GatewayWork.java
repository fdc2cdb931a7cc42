package io.orderflow.payment.gateway;

/**
 * An operation on its way to a known outcome, as it waits in the database.
 *
 * @param doubts  how often the gateway was asked without an answer that tells
 * @param givenUp whether it may not be wanted any more, which is to be asked before the first call
 * @param doubt   why the last answer did not tell, in words; null when it is not known, or there was none
 */
record GatewayWork(GatewayOperation operation, int doubts, boolean givenUp, String doubt) {

    public static GatewayWork first(GatewayOperation operation) {
        return new GatewayWork(operation, 0, false, null);
    }

    public GatewayWork inDoubt() {
        return inDoubt(doubt);
    }

    public GatewayWork inDoubt(String why) {
        return new GatewayWork(operation, doubts + 1, givenUp, why);
    }

    public GatewayWork perhapsGivenUp() {
        return new GatewayWork(operation, doubts, true, doubt);
    }

    public boolean isInDoubt() {
        return doubts > 0;
    }
}
