package io.orderflow.payment.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a payment is reversed. */
public enum ReversalKind {
    /** Nothing reached the gateway, or it declined: there is nothing to reverse. */
    @JsonProperty("abandoned") ABANDONED,
    /** The authorization is voided. */
    @JsonProperty("voided") VOIDED,
    /** Captured money is refunded. */
    @JsonProperty("refunded") REFUNDED
}
