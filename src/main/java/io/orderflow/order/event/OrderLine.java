package io.orderflow.order.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/**
 * Units of one SKU at one price.
 *
 * @param unitPrice price of one unit
 */
public record OrderLine(Sku sku, Quantity quantity, Money unitPrice) {

    public Money total() {
        return unitPrice.times(quantity);
    }
}
