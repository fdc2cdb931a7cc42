package io.orderflow.shared;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The version that a resource must have to be changed.
 *
 * @param value null for any version
 */
public record ExpectedVersion(@Nullable Long value) {

    public static final ExpectedVersion ANY = new ExpectedVersion(null);
    /** Matches no version. */
    public static final ExpectedVersion NONE = new ExpectedVersion(-1L);

    public boolean isAny() {
        return value == null;
    }

    /** @throws Refusal when the resource has another version */
    public void require(long actual) {
        if (!isAny() && value != actual) {
            throw stale(actual);
        }
    }

    /** The refusal for a resource whose present version is unknown. */
    public static Refusal stale() {
        return new Refusal(Refusal.Kind.PRECONDITION_FAILED, "stale_version",
                "The resource does not have the expected version; read it again.");
    }

    public static Refusal stale(long actual) {
        return new Refusal(Refusal.Kind.PRECONDITION_FAILED, "stale_version",
                "The resource has changed and is at version %s now; read it again.".formatted(actual),
                Map.of("version", actual));
    }
}
