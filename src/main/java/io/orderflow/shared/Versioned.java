package io.orderflow.shared;

/** Something that changes, at one of its versions; two versions of it never have the same number. */
public interface Versioned {

    /** Grows with every change; the resource's entity tag over HTTP. */
    long version();
}
