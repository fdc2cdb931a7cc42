package io.orderflow.audit;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * P1 for one projection: compares its rows with those expected from the events that its processor has handled. Each row
 * is one line of text, so that a difference can be read.
 *
 * @param query    yields the key of a row, then its columns
 * @param fold     takes the events
 * @param expected yields the expected rows by key
 */
record Projection(String processor, String query, Consumer<EventRow> fold, Supplier<Map<String, String>> expected) {

    static List<Projection> all() {
        var ignored = new Findings();
        var orders = new Orders(ignored);
        var payments = new Payments(ignored);
        var stock = new Stock(ignored);
        var timelines = new Timelines();
        return List.of(new Projection("order-projection", Orders.ROWS, orders::on, orders::rows),
                new Projection("payment-projection", Payments.ROWS, payments::on, payments::rows),
                new Projection("inventory-projection", Stock.ROWS, stock::on, stock::rows),
                new Projection("tracking-timeline", Timelines.ROWS, timelines::on, timelines::rows));
    }

    void compare(JdbcTemplate store, Findings findings) {
        var shown = new TreeMap<String, String>();
        store.query(query, row -> {
            var columns = new StringJoiner(" ");
            for (int column = 2; column <= row.getMetaData().getColumnCount(); column++) {
                columns.add(row.getString(column));
            }
            shown.put(row.getString(1), columns.toString());
        });
        var rows = expected.get();
        rows.forEach((key, row) -> findings.expect(Invariant.P1, processor + ' ' + key, row,
                shown.getOrDefault(key, "no row")));
        shown.keySet().removeAll(rows.keySet());
        shown.forEach((key, row) -> findings.violated(Invariant.P1, processor + ' ' + key, "no row", row));
        findings.figure(Invariant.P1, processor, rows.size());
    }
}
