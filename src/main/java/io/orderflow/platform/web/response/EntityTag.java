package io.orderflow.platform.web.response;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The version of a resource as an HTTP entity tag (RFC 9110, section 8.8.3): {@code "7"}. It is strong, because {@code
 * If-Match} compares strongly.
 */
public final class EntityTag {

    private static final String ANY = "*";
    private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");
    /** The only spelling of a version: tags are compared as text. */
    private static final Pattern VERSION = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

    private EntityTag() {
    }

    public static String of(long version) {
        return "\"" + version + '"';
    }

    /** Whether a header matches every version. */
    public static boolean isAny(String header) {
        return header.strip().equals(ANY);
    }

    /** The version of one strong tag; empty for a tag that this API has not created. */
    public static Optional<Long> version(String tag) {
        Matcher version = VERSION.matcher(tag.strip());
        return version.matches() ? Optional.of(Long.valueOf(version.group(1))) : Optional.empty();
    }

    /** The versions in {@code If-None-Match}, compared weakly; tags that this API has not created are left out. */
    public static Set<Long> versions(Collection<String> ifNoneMatch) {
        return tags(ifNoneMatch).flatMap(tag -> version(tag).stream()).collect(Collectors.toSet());
    }

    /** Whether {@code If-None-Match} matches a version, compared weakly. */
    static boolean matches(Collection<String> ifNoneMatch, long version) {
        return ifNoneMatch.stream().anyMatch(EntityTag::isAny) || tags(ifNoneMatch).anyMatch(of(version)::equals);
    }

    private static Stream<String> tags(Collection<String> headers) {
        return headers.stream().flatMap(header -> TAG.matcher(header).results()).map(tag -> tag.group(2));
    }
}
