package io.orderflow.shared;

import org.jspecify.annotations.Nullable;

/**
 * An authenticated caller.
 *
 * @param name    of the user, or the subject of the token
 * @param seesAll whether the caller sees the orders of all shops
 */
public record Caller(String name, boolean seesAll) {

    /** The only shop whose orders the caller may see; null for all shops. */
    public @Nullable String shop() {
        return seesAll ? null : name;
    }
}
