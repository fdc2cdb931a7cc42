package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A count of units, 0 to 1,000,000. */
public record Quantity(@JsonValue int value) implements Comparable<Quantity> {

    public static final int MAX = 1_000_000;
    public static final Quantity ZERO = new Quantity(0);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Quantity {
        if (value < 0 || value > MAX) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_quantity",
                    "A quantity is a whole number of units from 0 to 1,000,000; this was %s.".formatted(value));
        }
    }

    public boolean isZero() {
        return value == 0;
    }

    public Quantity plus(Quantity other) {
        return new Quantity(value + other.value);
    }

    /** @throws Refusal when the other quantity is larger */
    public Quantity minus(Quantity other) {
        return new Quantity(value - other.value);
    }

    @Override
    public int compareTo(Quantity other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
