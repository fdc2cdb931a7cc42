package io.orderflow.shared;

/** An event about the stock of one line of an order. */
public interface StockFact extends OrderFact {

    Sku sku();

    /** Change of the units of the SKU that are reserved for the order. */
    default int reservedChange() {
        return 0;
    }

    /** Units of the SKU that left the warehouse for the order. */
    default int shippedChange() {
        return 0;
    }

    /** Units of the SKU that the customer returned, damaged ones included. */
    default int returnedChange() {
        return 0;
    }
}
