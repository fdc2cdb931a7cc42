package io.orderflow.shared;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes browser requests that were made by a page of another origin, from their headers. */
public final class BrowserRequests {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String SAME_ORIGIN = "same-origin";
    /** Localhost and IP addresses; every other name resolves to what its owner decides. */
    private static final Pattern LOCAL = Pattern.compile(
            "((.+\\.)?localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(:\\d*)?", Pattern.CASE_INSENSITIVE);

    private BrowserRequests() {
    }

    /**
     * Whether a page of another origin has sent an unsafe request, to which a browser would add the credentials that it
     * remembers. Other clients send neither {@code site} nor {@code origin}.
     *
     * @param site   the header {@code Sec-Fetch-Site}
     * @param origin the header {@code Origin}
     * @param scheme of the request
     * @param host   the header {@code Host}
     */
    public static boolean isForged(String method, @Nullable String site, @Nullable String origin, String scheme,
            @Nullable String host) {
        if (SAFE.contains(method)) {
            return false;
        }
        if (site != null && !site.equals(SAME_ORIGIN) && !site.equals("none")) {
            return true;
        }
        return origin != null && !isOurs(origin, SAME_ORIGIN.equals(site), scheme, host);
    }

    /** @param sameSite whether the browser says so; only a proxy can have changed the scheme then */
    private static boolean isOurs(String origin, boolean sameSite, String scheme, @Nullable String host) {
        String[] parts = origin.split("://", 2);
        return parts.length == 2 && host != null && (sameSite || parts[0].equalsIgnoreCase(scheme))
                && authority(parts[0], parts[1]).equals(authority(parts[0], host));
    }

    private static String authority(String scheme, String text) {
        String port = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
        String authority = text.toLowerCase(Locale.ROOT);
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    /**
     * Whether nobody else can have made this host name resolve to this machine. A page of another name that does is of
     * the same origin (DNS rebinding).
     *
     * @param host the header {@code Host}
     */
    public static boolean isLocal(String host) {
        return LOCAL.matcher(host).matches();
    }
}
