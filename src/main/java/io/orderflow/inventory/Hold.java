package io.orderflow.inventory;

import io.orderflow.shared.Quantity;
import java.util.List;
import java.util.stream.Stream;

/**
 * Units of a SKU that are reserved for an open order.
 *
 * @param shipments ids of the shipments that took a part of the units
 */
record Hold(Quantity quantity, List<String> shipments) {

    static final Hold NONE = of(Quantity.ZERO);

    Hold {
        shipments = List.copyOf(shipments);
    }

    static Hold of(Quantity quantity) {
        return new Hold(quantity, List.of());
    }

    Hold less(Quantity shipped, String shipmentId) {
        return new Hold(quantity.minus(shipped), Stream.concat(shipments.stream(), Stream.of(shipmentId)).toList());
    }
}
