package io.orderflow.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * P1 for one projection: what its rows have to say by the events that its processor has handled, against what they say.
 *
 * <p>What each row says is one line of text, so that a difference can be read.
 */
abstract class ProjectionAudit {

    private final String processor;
    private final String query;
    private final Map<String, String> shown = new TreeMap<>();

    /** @param query yields a row's key, then what it shows */
    ProjectionAudit(String processor, String query) {
        this.processor = processor;
        this.query = query;
    }

    final String processor() {
        return processor;
    }

    /** An event that the processor has handled, and not parked. */
    abstract void on(StoredFact event);

    /** What the rows have to show, by key. */
    abstract Map<String, String> expected();

    final void compare(Connection store, Findings findings) throws SQLException {
        read(store);
        Map<String, String> expected = expected();
        expected.forEach((key, row) -> {
            if (!row.equals(shown.get(key))) {
                findings.violated(Invariant.P1, processor + ' ' + key, row, shown.getOrDefault(key, "no row"));
            }
        });
        shown.keySet().stream().filter(key -> !expected.containsKey(key))
                .forEach(key -> findings.violated(Invariant.P1, processor + ' ' + key, "no row", shown.get(key)));
        findings.figure(Invariant.P1, processor, expected.size());
    }

    private void read(Connection store) throws SQLException {
        try (var statement = store.createStatement()) {
            statement.setFetchSize(1000);
            try (ResultSet rows = statement.executeQuery(query)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    var text = new StringBuilder();
                    for (int column = 2; column <= columns; column++) {
                        text.append(column == 2 ? "" : " ").append(rows.getString(column));
                    }
                    shown.put(rows.getString(1), text.toString());
                }
            }
        }
    }
}
