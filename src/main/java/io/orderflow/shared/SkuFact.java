package io.orderflow.shared;

/** A fact that makes a SKU known: there is, or was, stock of it. */
public interface SkuFact {

    Sku sku();
}
