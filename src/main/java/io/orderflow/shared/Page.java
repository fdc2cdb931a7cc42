package io.orderflow.shared;

/** A part of a list that may be longer. */
public interface Page {

    /** The {@link Cursor} of the page that follows, null on the last. */
    String next();
}
