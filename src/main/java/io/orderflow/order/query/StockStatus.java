package io.orderflow.order.query;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The status of the stock of an order. */
public enum StockStatus {
    /** Not everything is reserved yet. */
    @JsonProperty("pending") PENDING,
    @JsonProperty("reserved") RESERVED,
    @JsonProperty("partially_shipped") PARTIALLY_SHIPPED,
    @JsonProperty("shipped") SHIPPED,
    /** Nothing is reserved any more. */
    @JsonProperty("released") RELEASED
}
