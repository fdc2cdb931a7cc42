package io.orderflow.shared;

/** One version of a resource; no two versions have the same number. */
public interface Versioned {

    /** Grows with every change; the entity tag over HTTP. */
    long version();
}
