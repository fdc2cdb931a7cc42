package io.orderflow.payment.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How money goes back. */
public enum ReversalKind {
    /** Nothing had reached the gateway, or it declined: there is nothing to give back. */
    @JsonProperty("abandoned") ABANDONED,
    /** The authorization is voided. */
    @JsonProperty("voided") VOIDED,
    /** Captured money is refunded. */
    @JsonProperty("refunded") REFUNDED
}
