package io.orderflow.order.query;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The status of an order as a whole. */
public enum OrderStatus {
    @JsonProperty("placed") PLACED,
    @JsonProperty("confirmed") CONFIRMED,
    @JsonProperty("dispatched") DISPATCHED,
    @JsonProperty("completed") COMPLETED,
    @JsonProperty("rejected") REJECTED,
    @JsonProperty("cancelled") CANCELLED;

    /** Nothing more will happen to the order. */
    public boolean isTerminal() {
        return this == COMPLETED || this == REJECTED || this == CANCELLED;
    }
}
