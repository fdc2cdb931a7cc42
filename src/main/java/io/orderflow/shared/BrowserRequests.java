package io.orderflow.shared;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells from what a browser says of a request whether a page of somebody else has made it. */
public final class BrowserRequests {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String SAME_ORIGIN = "same-origin";
    /** Of these, only the machine itself or an address: whoever owns another name decides where it leads. */
    private static final Pattern LOCAL = Pattern.compile(
            "((.+\\.)?localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(:\\d*)?", Pattern.CASE_INSENSITIVE);

    private BrowserRequests() {
    }

    /**
     * Whether a page of another origin has sent a request that may change something. A browser would send the
     * credentials that it remembers along with it. What comes from no browser says nothing, and is none.
     *
     * @param site   the header {@code Sec-Fetch-Site}, null when there is none
     * @param origin the header {@code Origin}, null when there is none
     * @param scheme by which the request came
     * @param host   the header {@code Host}
     */
    public static boolean isForged(String method, String site, String origin, String scheme, String host) {
        if (SAFE.contains(method)) {
            return false;
        }
        if (site != null && !site.equals(SAME_ORIGIN) && !site.equals("none")) {
            return true;
        }
        return origin != null && !isOurs(origin, SAME_ORIGIN.equals(site), scheme, host);
    }

    /** @param vouchedFor whether the browser says that it is: then only a proxy can have changed the scheme */
    private static boolean isOurs(String origin, boolean vouchedFor, String scheme, String host) {
        String[] parts = origin.split("://", 2);
        return parts.length == 2 && host != null && (vouchedFor || parts[0].equalsIgnoreCase(scheme))
                && authority(parts[0], parts[1]).equals(authority(parts[0], host));
    }

    private static String authority(String scheme, String text) {
        String port = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
        String authority = text.toLowerCase(Locale.ROOT);
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    /**
     * Whether the name by which this machine was addressed is one that nobody else can have made lead here: a page at a
     * name of its owner would be of the same origin (DNS rebinding).
     *
     * @param host the header {@code Host}
     */
    public static boolean isLocal(String host) {
        return LOCAL.matcher(host).matches();
    }
}
