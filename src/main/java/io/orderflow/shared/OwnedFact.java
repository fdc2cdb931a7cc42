package io.orderflow.shared;

/** The fact that something begins which belongs to a shop. */
public interface OwnedFact {

    /** Whose it is. */
    String shop();
}
