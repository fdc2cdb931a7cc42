package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the money of an order stands. */
public enum PaymentStatus {
    @JsonProperty("none") NONE,
    @JsonProperty("requested") REQUESTED,
    @JsonProperty("action_required") ACTION_REQUIRED,
    @JsonProperty("unknown") UNKNOWN,
    @JsonProperty("authorized") AUTHORIZED,
    @JsonProperty("partially_captured") PARTIALLY_CAPTURED,
    @JsonProperty("captured") CAPTURED,
    @JsonProperty("partially_refunded") PARTIALLY_REFUNDED,
    @JsonProperty("refunded") REFUNDED,
    @JsonProperty("declined") DECLINED,
    @JsonProperty("voided") VOIDED
}
