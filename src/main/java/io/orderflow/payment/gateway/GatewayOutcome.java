package io.orderflow.payment.gateway;

import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import java.time.Instant;

/**
 * What is known of an operation at the gateway after asking it.
 *
 * @param authorizationId the gateway's name for the money set aside, or about to be; null if it has none
 * @param captureBefore   until when an authorization can be captured, UTC; null when there is no limit
 * @param nextAction      what the customer has to do; null unless that is awaited
 * @param code            the gateway's reason, cut to 64 characters; null unless it declined or failed
 */
public record GatewayOutcome(OperationStatus status, String authorizationId, Instant captureBefore, NextAction nextAction,
        String code, String detail) {

    private static final int LONGEST_CODE = 64;

    public GatewayOutcome {
        code = code == null || code.length() <= LONGEST_CODE ? code : code.substring(0, LONGEST_CODE);
    }

    public static GatewayOutcome succeeded(String authorizationId) {
        return succeeded(authorizationId, null);
    }

    public static GatewayOutcome succeeded(String authorizationId, Instant captureBefore) {
        return new GatewayOutcome(OperationStatus.SUCCEEDED, authorizationId, captureBefore, null, null, null);
    }

    /** The customer has to act first. */
    public static GatewayOutcome actionRequired(String authorizationId, NextAction nextAction) {
        return new GatewayOutcome(OperationStatus.ACTION_REQUIRED, authorizationId, null, nextAction, null, null);
    }

    /** The gateway has taken it on and tells later. */
    public static GatewayOutcome pending(String authorizationId) {
        return new GatewayOutcome(OperationStatus.PENDING, authorizationId, null, null, null, null);
    }

    /** The bank's answer is no. */
    public static GatewayOutcome declined(String code, String detail) {
        return new GatewayOutcome(OperationStatus.DECLINED, null, null, null, code, detail);
    }

    /** The gateway will never do this, whoever's fault that is. */
    public static GatewayOutcome failed(String code, String detail) {
        return new GatewayOutcome(OperationStatus.FAILED, null, null, null, code, detail);
    }

    /** It may have happened or not; asking again under the same operation id will tell. */
    public static GatewayOutcome unknown(String detail) {
        return new GatewayOutcome(OperationStatus.UNKNOWN, null, null, null, null, detail);
    }

    public boolean isUnknown() {
        return status == OperationStatus.UNKNOWN;
    }

    public boolean isSuccess() {
        return status == OperationStatus.SUCCEEDED;
    }

    /** Whether nothing about it will change any more, but for a refund that bounces. */
    public boolean isFinal() {
        return status.isFinal();
    }
}
