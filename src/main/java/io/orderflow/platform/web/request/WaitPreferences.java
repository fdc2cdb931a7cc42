package io.orderflow.platform.web.request;

import io.orderflow.platform.spi.WaitPreference;
import io.orderflow.platform.web.response.EntityTag;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Reads how long a request may wait for a change, from {@code Prefer: wait=10} (RFC 7240, section 4.3), and which
 * versions the caller has, from {@code If-None-Match}. All waits end when the application stops.
 */
@Component
class WaitPreferences {

    static final int LONGEST_SECONDS = 30;
    private static final Pattern WAIT = Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*(\"?)(\\d{1,9})\\1\\s*(?=[,;]|$)",
            Pattern.CASE_INSENSITIVE);

    private final Set<CompletableFuture<Void>> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    WaitPreference of(ServletWebRequest request) {
        Duration limit = limit(String.join(",", headers(request, "Prefer")));
        if (!limit.isZero()) {
            request.getResponse().setHeader("Preference-Applied", "wait=" + limit.toSeconds());
        }
        return new WaitPreference(limit, EntityTag.versions(headers(request, HttpHeaders.IF_NONE_MATCH)), over(limit));
    }

    private static List<String> headers(ServletWebRequest request, String name) {
        return Collections.list(request.getRequest().getHeaders(name));
    }

    /** Zero for a preference that is not understood, which is ignored. */
    static Duration limit(String prefer) {
        Matcher wait = WAIT.matcher(prefer);
        return wait.find() ? Duration.ofSeconds(Math.min(LONGEST_SECONDS, Integer.parseInt(wait.group(2))))
                : Duration.ZERO;
    }

    private CompletableFuture<Void> over(Duration limit) {
        var over = new CompletableFuture<Void>();
        if (limit.isZero()) {
            over.complete(null);
            return over;
        }
        waits.add(over);
        over.whenComplete((end, cancelled) -> waits.remove(over));
        if (stopping) {
            over.complete(null);
        }
        return over.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Before the server stops to accept requests and waits for active ones. */
    @EventListener
    void stop(ContextClosedEvent stop) {
        stopping = true;
        waits.forEach(over -> over.complete(null));
    }
}
