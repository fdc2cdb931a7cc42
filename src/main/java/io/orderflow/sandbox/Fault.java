package io.orderflow.sandbox;

/** How a reply goes wrong on its way to the client. */
enum Fault {

    NONE,
    /** The answer comes, but late. */
    SLOW,
    /** The connection stays open without an answer, and closes in the end. */
    SILENCE,
    /** The connection closes without an answer. */
    DROP,
    /** HTTP 500. */
    SERVER_ERROR,
    /** The first half of the JSON document. */
    MALFORMED,
    /** The answer, after megabytes of nothing. */
    HUGE
}
