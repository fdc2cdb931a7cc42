package io.orderflow.payment.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How money goes back. */
public enum ReversalKind {
    /** Nothing had reached the gateway, or it declined: there was nothing to give back. */
    @JsonProperty("abandoned") ABANDONED,
    /** What was set aside is free again. */
    @JsonProperty("voided") VOIDED,
    /** What was taken is paid back. */
    @JsonProperty("refunded") REFUNDED
}
