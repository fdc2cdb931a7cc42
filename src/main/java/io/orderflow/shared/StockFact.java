package io.orderflow.shared;

/** A fact about the stock held for one line of an order. */
public interface StockFact extends OrderFact {

    Sku sku();

    /** By how many units the order's hold on the SKU has changed. */
    int reservedChange();

    /** How many units of the SKU left the warehouse for the order. */
    int shippedChange();

    /** How many units of the SKU came back from the order's customer, whatever state they are in. */
    default int returnedChange() {
        return 0;
    }
}
