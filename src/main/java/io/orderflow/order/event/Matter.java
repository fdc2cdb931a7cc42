package io.orderflow.order.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an order can wait for; each matter is reported by whoever sees to it, and none of them knows of the other. */
public enum Matter {
    /** The way from the order to the doorstep, or back. */
    @JsonProperty("fulfillment") FULFILLMENT,
    /** Returns and refunds, also once the order is completed. */
    @JsonProperty("after_sales") AFTER_SALES
}
