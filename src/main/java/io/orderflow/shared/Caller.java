package io.orderflow.shared;

/**
 * Who asks.
 *
 * @param name    of the user, or the subject of the token
 * @param seesAll whether the caller sees the orders of all shops
 */
public record Caller(String name, boolean seesAll) {

    /** The shop whose orders alone the caller may know of; null for all. */
    public String shop() {
        return seesAll ? null : name;
    }
}
