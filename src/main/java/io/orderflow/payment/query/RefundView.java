package io.orderflow.payment.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.StoredAs;

/**
 * A refund.
 *
 * @param id     {@code ref_…}, or {@code ret_…} for the refund of a return
 * @param reason in words
 */
@StoredAs("payment.RefundView")
public record RefundView(String id, PaymentId paymentId, Money amount, String reason, Status status) {

    /** Status of a refund. */
    public enum Status {
        /** Waits for the capture of what it refunds. */
        @JsonProperty("postponed") POSTPONED,
        /** Requested of the gateway, or between two attempts. */
        @JsonProperty("requested") REQUESTED,
        @JsonProperty("succeeded") SUCCEEDED,
        /** Refused by the gateway after all attempts: retry it, or settle it by hand. */
        @JsonProperty("failed") FAILED,
        @JsonProperty("settled_by_hand") SETTLED_BY_HAND
    }
}
