package io.orderflow.order.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/** Units of one SKU that came back in one condition. */
public record ReturnedLine(Sku sku, Quantity quantity, Condition condition) {

    /** Condition of returned units. */
    public enum Condition {
        /** They can be sold again. */
        @JsonProperty("restock") RESTOCK,
        /** They cannot be sold again. */
        @JsonProperty("damaged") DAMAGED
    }
}
