package io.orderflow.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Sku;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stock movement.
 *
 * @param sequence       sequence number of its event within the SKU
 * @param onHandChange   change of the units on hand
 * @param reservedChange change of the reserved units
 * @param orderId        the order that caused it
 * @param movementId     id of the receipt, adjustment, shipment or return
 * @param at             UTC
 */
record MovementView(Sku sku, long sequence, Kind kind, int onHandChange, int reservedChange,
        @Nullable OrderId orderId, @Nullable String movementId, @Nullable String reason, @Nullable String note,
        Instant at) {

    /** Type of a movement. */
    enum Kind {
        @JsonProperty("received") RECEIVED,
        @JsonProperty("adjusted") ADJUSTED,
        @JsonProperty("reserved") RESERVED,
        @JsonProperty("released") RELEASED,
        @JsonProperty("shipped") SHIPPED,
        @JsonProperty("returned") RETURNED,
        /** Returned units that cannot be sold again; the level does not change. */
        @JsonProperty("returned_damaged") RETURNED_DAMAGED
    }
}
