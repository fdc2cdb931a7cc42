package io.orderflow.payment;

import io.orderflow.payment.query.PaymentView.OperationStatus;

/**
 * What is known of an operation at the gateway after asking it.
 *
 * @param authorizationId the gateway's name for the money set aside; null unless it succeeded
 * @param code            the gateway's reason; null unless it declined or failed
 */
record GatewayOutcome(OperationStatus status, String authorizationId, String code, String detail) {

    static GatewayOutcome succeeded(String authorizationId) {
        return new GatewayOutcome(OperationStatus.SUCCEEDED, authorizationId, null, null);
    }

    /** The bank's answer is no. */
    static GatewayOutcome declined(String code, String detail) {
        return new GatewayOutcome(OperationStatus.DECLINED, null, code, detail);
    }

    /** The gateway will never do this, whoever's fault that is. */
    static GatewayOutcome failed(String code, String detail) {
        return new GatewayOutcome(OperationStatus.FAILED, null, code, detail);
    }

    /** It may have happened or not; asking again under the same operation id will tell. */
    static GatewayOutcome unknown(String detail) {
        return new GatewayOutcome(OperationStatus.UNKNOWN, null, null, detail);
    }

    boolean isUnknown() {
        return status == OperationStatus.UNKNOWN;
    }

    boolean isSuccess() {
        return status == OperationStatus.SUCCEEDED;
    }
}
