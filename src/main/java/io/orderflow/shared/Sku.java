package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Stock keeping unit: what a shop counts, reserves and ships; 1 to 64 letters, digits, dots, dashes, underscores. */
public record Sku(@JsonValue String value) implements Comparable<Sku> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sku {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_sku",
                    "A SKU is 1 to 64 letters, digits, dots, dashes or underscores and starts with a letter or digit.");
        }
    }

    /** The aggregate identifier of its stock. The prefix keeps SKUs apart from the identifiers of other aggregates. */
    public String stockItemId() {
        return "stock_" + value;
    }

    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
