package io.orderflow.platform.replay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A table that exists in several stores, row by row; rows of H2 and of PostgreSQL are equal when they say the same.
 *
 * <p>Reads with one short statement a page, so that no limit on the time of a statement is reached, however many rows
 * there are.
 */
final class KeyedTable {

    private static final int PAGE = 500;

    private final String name;
    private final List<String> columns = new ArrayList<>();
    private final List<Boolean> instants = new ArrayList<>();
    private final List<String> key;

    private KeyedTable(Connection model, String name) throws SQLException {
        this.name = name;
        try (var statement = model.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + name + " WHERE 1 = 0")) {
            var meta = none.getMetaData();
            for (int column = 1; column <= meta.getColumnCount(); column++) {
                columns.add(meta.getColumnName(column));
                instants.add(meta.getColumnType(column) == Types.TIMESTAMP_WITH_TIMEZONE);
            }
        }
        key = key(model);
    }

    /** @param model an H2 database that has the table */
    static KeyedTable of(JdbcTemplate model, String name) {
        return model.execute((ConnectionCallback<KeyedTable>) connection -> new KeyedTable(connection, name));
    }

    private List<String> key(Connection model) throws SQLException {
        String[] names = name.toUpperCase(Locale.ROOT).split("\\.");
        Map<Short, String> byPosition = new TreeMap<>();
        try (ResultSet parts = model.getMetaData().getPrimaryKeys(null, names[0], names[1])) {
            while (parts.next()) {
                byPosition.put(parts.getShort("KEY_SEQ"), parts.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(byPosition.values());
    }

    String name() {
        return name;
    }

    List<Object> keyOf(List<Object> row) {
        return key.stream().map(column -> row.get(columns.indexOf(column))).toList();
    }

    long count(JdbcTemplate store) {
        return store.queryForObject("SELECT COUNT(*) FROM " + name, Long.class);
    }

    Optional<List<Object>> find(JdbcTemplate store, List<Object> keyOfRow) {
        return store.query(select() + keyIs(), (row, number) -> read(row), keyOfRow.toArray()).stream().findFirst();
    }

    /** Passes all rows on in the order of their keys; those that were passed on may be changed meanwhile. */
    void forEachPage(JdbcTemplate store, Consumer<List<List<Object>>> reader) {
        List<Object> last = null;
        int held = 0;
        do {
            List<List<Object>> page = last == null ? store.query(select() + order(), (row, number) -> read(row))
                    : pageAfter(store, last, held);
            if (!page.isEmpty()) {
                reader.accept(page);
                last = keyOf(page.get(page.size() - 1));
            }
            held = page.size() == PAGE ? key.size() - 1 : held - 1;
        } while (held >= 0);
    }

    /** With the leading columns of the key held, because only so both databases find the page by their index. */
    private List<List<Object>> pageAfter(JdbcTemplate store, List<Object> last, int held) {
        String condition = key.subList(0, held).stream().map(column -> column + " = ? AND ")
                .collect(Collectors.joining()) + key.get(held) + " > ?";
        return store.query(select() + " WHERE " + condition + order(), (row, number) -> read(row),
                last.subList(0, held + 1).toArray());
    }

    void delete(JdbcTemplate store, List<List<Object>> keys) {
        store.batchUpdate("DELETE FROM " + name + keyIs(), keys.stream().map(List::toArray).toList());
    }

    void insert(JdbcTemplate store, List<List<Object>> rows) {
        String places = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        store.batchUpdate("INSERT INTO %s (%s) VALUES (%s)".formatted(name, String.join(", ", columns), places),
                rows.stream().map(List::toArray).toList());
    }

    private String select() {
        return "SELECT " + String.join(", ", columns) + " FROM " + name;
    }

    private String keyIs() {
        return " WHERE " + key.stream().map(column -> column + " = ?").collect(Collectors.joining(" AND "));
    }

    private String order() {
        return " ORDER BY " + String.join(", ", key) + " LIMIT " + PAGE;
    }

    private List<Object> read(ResultSet row) throws SQLException {
        var values = new Object[columns.size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = instants.get(column) ? instant(row, column + 1) : row.getObject(column + 1);
        }
        return Arrays.asList(values);
    }

    private static OffsetDateTime instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.withOffsetSameInstant(ZoneOffset.UTC);
    }
}
