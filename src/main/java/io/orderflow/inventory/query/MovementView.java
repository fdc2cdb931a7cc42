package io.orderflow.inventory.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Sku;
import java.time.Instant;

/**
 * One movement of stock: the ledger's line.
 *
 * @param sequence       its place among the SKU's movements
 * @param onHandChange   units that came or went
 * @param reservedChange units newly held or let go
 * @param orderId        for which order, null if none
 * @param movementId     identity given by the request, shipment or return, null if none
 * @param at             UTC
 */
public record MovementView(Sku sku, long sequence, Kind kind, int onHandChange, int reservedChange, OrderId orderId,
        String movementId, String reason, String note, Instant at) {

    /** Why stock moved. */
    public enum Kind {
        @JsonProperty("received") RECEIVED,
        @JsonProperty("adjusted") ADJUSTED,
        @JsonProperty("reserved") RESERVED,
        @JsonProperty("released") RELEASED,
        @JsonProperty("shipped") SHIPPED,
        @JsonProperty("returned") RETURNED,
        /** Came back, but cannot be sold again: no level changed. */
        @JsonProperty("returned_damaged") RETURNED_DAMAGED
    }
}
