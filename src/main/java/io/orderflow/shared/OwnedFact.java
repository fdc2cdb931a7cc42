package io.orderflow.shared;

/** The fact that something begins which belongs to a shop. */
public interface OwnedFact {

    /** Null for what is older than the question. */
    String shop();
}
