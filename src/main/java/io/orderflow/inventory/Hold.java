package io.orderflow.inventory;

import io.orderflow.shared.Quantity;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an open order still holds of a SKU.
 *
 * @param shipments with which a part of it already left
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

    boolean wentWith(String shipmentId) {
        return shipments.contains(shipmentId);
    }
}
