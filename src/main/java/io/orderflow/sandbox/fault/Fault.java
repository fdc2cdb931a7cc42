package io.orderflow.sandbox.fault;

/** How the delivery of an answer fails. */
public enum Fault {

    NONE,
    /** Delivered late. */
    SLOW,
    /** The connection stays open without an answer, and is closed in the end. */
    SILENCE,
    /** The connection is closed without an answer. */
    DROP,
    /** HTTP 500 instead of the answer. */
    SERVER_ERROR,
    /** The first half of the JSON document. */
    MALFORMED,
    /** The answer follows megabytes of white space. */
    HUGE
}
