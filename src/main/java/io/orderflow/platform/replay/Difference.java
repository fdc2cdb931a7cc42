package io.orderflow.platform.replay;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes a table in use equal to the one that was built beside it, and touches only the rows that differ. */
final class Difference {

    private final KeyedTable table;
    private final JdbcTemplate live;
    private final JdbcTemplate built;
    private long found;
    private long differing;

    Difference(KeyedTable table, JdbcTemplate live, JdbcTemplate built) {
        this.table = table;
        this.live = live;
        this.built = built;
    }

    /** @return how many rows were wrong, missing or too many */
    long settle() {
        table.forEachPage(live, this::correct);
        if (found < table.count(built)) {
            table.forEachPage(built, this::addMissing);
        }
        return differing;
    }

    private void correct(List<List<Object>> page) {
        var wrong = new ArrayList<List<Object>>();
        var right = new ArrayList<List<Object>>();
        for (List<Object> row : page) {
            List<Object> key = table.keyOf(row);
            List<Object> wanted = table.find(built, key).orElse(null);
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

    private void addMissing(List<List<Object>> page) {
        var missing = page.stream().filter(row -> table.find(live, table.keyOf(row)).isEmpty()).toList();
        differing += missing.size();
        table.insert(live, missing);
    }
}
