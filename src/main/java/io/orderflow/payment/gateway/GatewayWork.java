package io.orderflow.payment.gateway;

import org.jspecify.annotations.Nullable;

/**
 * An operation whose outcome is not final, stored as the data of its task.
 *
 * @param doubts  number of calls that may have taken effect without a final answer
 * @param givenUp whether the payment was reversed before the first call, which then asks the aggregate
 * @param doubt   why the last answer was not final, for people
 */
record GatewayWork(GatewayOperation operation, int doubts, boolean givenUp, @Nullable String doubt) {

    public static GatewayWork first(GatewayOperation operation) {
        return new GatewayWork(operation, 0, false, null);
    }

    public GatewayWork inDoubt() {
        return new GatewayWork(operation, doubts + 1, givenUp, doubt);
    }

    public GatewayWork after(GatewayOutcome outcome) {
        return new GatewayWork(operation.knownAs(outcome.authorizationId()), doubts + 1, givenUp, outcome.detail());
    }

    public GatewayWork perhapsGivenUp() {
        return new GatewayWork(operation, doubts, true, doubt);
    }

    public boolean isInDoubt() {
        return doubts > 0;
    }
}
