package io.orderflow.platform.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Row access to a table that exists in several databases. Rows of H2 and PostgreSQL are equal when their values are.
 *
 * <p>Reads page by page, so that no statement reaches its time limit, however many rows there are.
 */
final class KeyedTable {

    private static final int PAGE = 500;

    private final String name;
    private final List<String> columns;
    private final List<String> key;

    /** @param model an H2 database that has the table */
    KeyedTable(JdbcTemplate model, String name) {
        this.name = name;
        Object[] table = name.toUpperCase(Locale.ROOT).split("\\.");
        columns = model.queryForList("SELECT column_name FROM information_schema.columns"
                + " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position", String.class, table);
        key = model.queryForList("SELECT k.column_name FROM information_schema.key_column_usage k"
                + " JOIN information_schema.table_constraints c ON c.constraint_schema = k.constraint_schema"
                + " AND c.constraint_name = k.constraint_name WHERE c.constraint_type = 'PRIMARY KEY'"
                + " AND k.table_schema = ? AND k.table_name = ? ORDER BY k.ordinal_position", String.class, table);
    }

    List<Object> keyOf(List<Object> row) {
        return key.stream().map(column -> row.get(columns.indexOf(column))).toList();
    }

    long count(JdbcTemplate store) {
        return store.queryForObject("SELECT COUNT(*) FROM " + name, Long.class);
    }

    Optional<List<Object>> find(JdbcTemplate store, List<Object> keyOfRow) {
        return store.query(select() + keyIs(), this::read, keyOfRow.toArray()).stream().findFirst();
    }

    /** Reads all rows in the order of their keys. The reader may change the rows that it is given. */
    void forEachPage(JdbcTemplate store, Consumer<List<List<Object>>> reader) {
        List<Object> last = null;
        int fixed = 0;
        do {
            List<List<Object>> page = last == null ? store.query(select() + order(), this::read)
                    : pageAfter(store, last, fixed);
            if (!page.isEmpty()) {
                reader.accept(page);
                last = keyOf(page.get(page.size() - 1));
            }
            fixed = page.size() == PAGE ? key.size() - 1 : fixed - 1;
        } while (fixed >= 0);
    }

    /** Fixes the leading columns of the key, because only then both databases find the page by the index. */
    private List<List<Object>> pageAfter(JdbcTemplate store, List<Object> last, int fixed) {
        String condition = key.subList(0, fixed).stream().map(column -> column + " = ? AND ")
                .collect(Collectors.joining()) + key.get(fixed) + " > ?";
        return store.query(select() + " WHERE " + condition + order(), this::read,
                last.subList(0, fixed + 1).toArray());
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

    private List<Object> read(ResultSet row, int number) throws SQLException {
        var values = new ArrayList<>();
        for (int column = 1; column <= columns.size(); column++) {
            Object value = row.getObject(column);
            values.add(value instanceof Timestamp || value instanceof OffsetDateTime
                    ? row.getObject(column, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC) : value);
        }
        return values;
    }
}
