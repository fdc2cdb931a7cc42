package io.orderflow.platform.web;

import io.orderflow.shared.Versioned;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of a resource as an HTTP entity tag (RFC 9110, section 8.8.3): {@code "7"}.
 *
 * <p>Strong, because {@code If-Match} compares strongly, and because nothing changes what a version says.
 */
final class EntityTag {

    static final String ANY = "*";
    private static final Pattern TAG = Pattern.compile("(W/)?\"(\\d{1,18})\"");

    private EntityTag() {
    }

    static String of(Versioned resource) {
        return of(resource.version());
    }

    static String of(long version) {
        return "\"" + version + '"';
    }

    /** The versions behind a list of tags, compared weakly; those that are none of ours are left out. */
    static Stream<Long> versions(String header) {
        return TAG.matcher(header).results().map(tag -> Long.valueOf(tag.group(2)));
    }

    /** The version behind one strong tag of ours. */
    static Optional<Long> version(String header) {
        Matcher tag = TAG.matcher(header.strip());
        return tag.matches() && tag.group(1) == null ? Optional.of(Long.valueOf(tag.group(2))) : Optional.empty();
    }
}
