package io.orderflow.platform.replay;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes a live table equal to its shadow table, and writes only the rows that differ. */
final class TableDifference {

    private final KeyedTable table;
    private final JdbcTemplate live;
    private final JdbcTemplate shadow;
    private long found;
    private long differing;

    TableDifference(KeyedTable table, JdbcTemplate live, JdbcTemplate shadow) {
        this.table = table;
        this.live = live;
        this.shadow = shadow;
    }

    /** @return how many live rows were wrong, missing or too many */
    long settle() {
        table.forEachPage(live, this::replaceWrong);
        if (found < table.count(shadow)) {
            table.forEachPage(shadow, this::insertMissing);
        }
        return differing;
    }

    private void replaceWrong(List<List<Object>> page) {
        var wrong = new ArrayList<List<Object>>();
        var right = new ArrayList<List<Object>>();
        for (List<Object> row : page) {
            List<Object> key = table.keyOf(row);
            List<Object> wanted = table.find(shadow, key).orElse(null);
            if (wanted != null) {
                found++;
            }
            if (!row.equals(wanted)) {
                wrong.add(key);
                if (wanted != null) {
                    right.add(wanted);
                }
            }
        }
        differing += wrong.size();
        table.delete(live, wrong);
        table.insert(live, right);
    }

    private void insertMissing(List<List<Object>> page) {
        var missing = page.stream().filter(row -> table.find(live, table.keyOf(row)).isEmpty()).toList();
        differing += missing.size();
        table.insert(live, missing);
    }
}
