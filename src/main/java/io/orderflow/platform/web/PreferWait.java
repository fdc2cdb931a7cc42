package io.orderflow.platform.web;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a caller wants to wait for an outcome: {@code Prefer: wait=10} (RFC 7240, section 4.3). */
final class PreferWait {

    private static final Pattern WAIT = Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*(\"?)(\\d{1,9})\\1\\s*(?=[,;]|$)",
            Pattern.CASE_INSENSITIVE);
    static final int LONGEST_SECONDS = 30;

    private PreferWait() {
    }

    /** Zero when the header asks for no wait: a preference that is not understood is ignored. */
    static Duration of(String header) {
        Matcher wait = WAIT.matcher(header);
        return wait.find() ? Duration.ofSeconds(Math.min(LONGEST_SECONDS, Integer.parseInt(wait.group(2))))
                : Duration.ZERO;
    }
}
