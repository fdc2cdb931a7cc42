package io.orderflow.shared;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a list. */
public interface Page {

    /** The cursor of the next page; null on the last page. */
    @Nullable String next();

    /**
     * Makes a page of rows that were read with one more than the limit.
     *
     * @param cursor the cursor that continues after a row
     * @param page   takes the rows of the page and its next cursor
     */
    static <R, P> P of(List<R> found, int limit, Function<R, String> cursor,
            BiFunction<List<R>, @Nullable String, P> page) {
        if (found.size() <= limit) {
            return page.apply(found, null);
        }
        List<R> items = found.subList(0, limit);
        return page.apply(items, cursor.apply(items.get(limit - 1)));
    }
}
