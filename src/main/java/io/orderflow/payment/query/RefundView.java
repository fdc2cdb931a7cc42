package io.orderflow.payment.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.StoredAs;

/**
 * Money that is, or is to be, paid back.
 *
 * @param id     {@code ref_…}, or that of the return it is for, {@code ret_…}
 * @param reason why, in words
 */
@StoredAs("payment.RefundView")
public record RefundView(String id, PaymentId paymentId, Money amount, String reason, Status status) {

    /** How far a refund has come. */
    public enum Status {
        /** Waits for the capture it comes out of. */
        @JsonProperty("postponed") POSTPONED,
        /** Asked of the gateway, which has not said yes; also between two attempts. */
        @JsonProperty("requested") REQUESTED,
        @JsonProperty("succeeded") SUCCEEDED,
        /** The gateway refuses, and nothing more is tried by itself: retry it, or settle it by hand. */
        @JsonProperty("failed") FAILED,
        @JsonProperty("settled_by_hand") SETTLED_BY_HAND
    }
}
