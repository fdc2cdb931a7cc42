package io.orderflow.sandbox;

/** How a reply goes wrong on its way to the client. */
enum Fault {

    NONE,
    /** The answer comes, but late. */
    SLOW,
    /** The connection stays open without an answer, and closes in the end. */
    SILENCE,
    /** HTTP 500. */
    SERVER_ERROR
}
