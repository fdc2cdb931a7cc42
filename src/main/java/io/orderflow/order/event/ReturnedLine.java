package io.orderflow.order.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/** So many units of one SKU that came back in one condition. */
public record ReturnedLine(Sku sku, Quantity quantity, Condition condition) {

    /** What can be done with units that came back. */
    public enum Condition {
        /** They can be sold again. */
        @JsonProperty("restock") RESTOCK,
        /** They cannot be sold again. */
        @JsonProperty("damaged") DAMAGED
    }
}
