package io.orderflow.shared;

import java.util.Map;

/**
 * The version of a resource that a caller has seen and wants to change, or that any will do.
 *
 * @param value null for any
 */
public record ExpectedVersion(Long value) {

    public static final ExpectedVersion ANY = new ExpectedVersion(null);
    /** The one of a caller who names a version that cannot be. */
    public static final ExpectedVersion NONE = new ExpectedVersion(-1L);

    public boolean isAny() {
        return value == null;
    }

    /** @throws Refusal when the resource has changed since */
    public void require(long actual) {
        if (!isAny() && value != actual) {
            throw stale(actual);
        }
    }

    /** For a resource whose present version is not known. */
    public static Refusal stale() {
        return new Refusal(Refusal.Kind.PRECONDITION_FAILED, "stale_version",
                "This is not at the version that you name; read it again and decide anew.");
    }

    public static Refusal stale(long actual) {
        return new Refusal(Refusal.Kind.PRECONDITION_FAILED, "stale_version", ("This has changed since you read it and is now at "
                + "version %s; read it again and decide anew.").formatted(actual), Map.of("version", actual));
    }
}
