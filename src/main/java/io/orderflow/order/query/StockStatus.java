package io.orderflow.order.query;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the goods of an order stand. */
public enum StockStatus {
    /** Not everything is held yet. */
    @JsonProperty("pending") PENDING,
    @JsonProperty("reserved") RESERVED,
    @JsonProperty("partially_shipped") PARTIALLY_SHIPPED,
    @JsonProperty("shipped") SHIPPED,
    /** Nothing is held any more. */
    @JsonProperty("released") RELEASED
}
