package io.orderflow.payment.gateway.stripe;

import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Reads a list of Stripe's from its oldest entry to its newest, though Stripe hands it out newest first and in pages:
 * each window of time is made so narrow that a page holds all of it, and so wide that quiet times cost few calls. So at
 * most one page is in memory, however long the list.
 */
final class StripePages<T extends HasId> implements Iterator<T> {

    private static final long FIRST_WINDOW_SECONDS = 86_400;

    private final Source<T> source;
    private final long end;
    private final Deque<T> page = new ArrayDeque<>();
    private long from;
    private long width = FIRST_WINDOW_SECONDS;

    /** @param until not included */
    StripePages(Source<T> source, Instant since, Instant until) {
        this.source = source;
        this.from = Math.max(0, since.getEpochSecond());
        this.end = until.getEpochSecond();
    }

    /** A page of what was created from then until before then, in seconds of Unix time, after the entry of that id. */
    interface Source<T extends HasId> {

        StripeCollection<T> list(long from, long until, String after);
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && from < end) {
            readWindow(Math.min(end, from + width));
        }
        return !page.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.pop();
    }

    private void readWindow(long until) {
        var answer = source.list(from, until, null);
        boolean isNarrowest = until - from == 1;
        if (answer.getHasMore() && !isNarrowest) {
            width = Math.max(1, (until - from) / 2);
            return;
        }
        answer.getData().forEach(page::push);
        // Nothing is narrower than a second, the unit that Stripe counts time in.
        while (answer.getHasMore() && !answer.getData().isEmpty()) {
            answer = source.list(from, until, page.peek().getId());
            answer.getData().forEach(page::push);
        }
        width = Math.min(width * 2, end);
        from = until;
    }
}
