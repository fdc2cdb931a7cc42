package io.orderflow.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import io.orderflow.shared.Money;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Totals by currency: minor units in JSON, formatted amounts as text. */
record Sums(@JsonValue SortedMap<String, Long> byCurrency) {

    Sums() {
        this(new TreeMap<>());
    }

    void add(String currency, long amount) {
        byCurrency.merge(currency, amount, Long::sum);
    }

    @Override
    public String toString() {
        return byCurrency.isEmpty() ? "nothing" : byCurrency.entrySet().stream()
                .map(sum -> Money.text(sum.getKey(), sum.getValue())).collect(Collectors.joining(" and "));
    }
}
