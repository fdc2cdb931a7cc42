package io.orderflow.platform.web;

import io.orderflow.shared.Versioned;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The version of a resource as an HTTP entity tag (RFC 9110, section 8.8.3): {@code "7"}.
 *
 * <p>Strong, because {@code If-Match} compares strongly, and because nothing changes what a version says.
 */
final class EntityTag {

    private static final String ANY = "*";
    /** Any tag, whoever made it. */
    private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");
    /** The number of a version as it is written in a tag of ours, and in no other way: tags are compared as text. */
    private static final Pattern VERSION = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

    private EntityTag() {
    }

    static String of(Versioned resource) {
        return of(resource.version());
    }

    static String of(long version) {
        return "\"" + version + '"';
    }

    /** Whether a header is the one that any version fits. */
    static boolean isAny(String header) {
        return header.strip().equals(ANY);
    }

    /** Whether {@code If-None-Match} names this tag, compared weakly, or any. */
    static boolean isKnown(String tag, String[] ifNoneMatch) {
        return Stream.of(ifNoneMatch).anyMatch(EntityTag::isAny) || tags(ifNoneMatch).anyMatch(tag::equals);
    }

    /** The versions that {@code If-None-Match} names, compared weakly; tags that are none of ours are left out. */
    static Set<Long> versions(String[] ifNoneMatch) {
        return tags(ifNoneMatch).flatMap(tag -> version(tag).stream()).collect(Collectors.toSet());
    }

    /** The version behind one strong tag of ours. */
    static Optional<Long> version(String header) {
        Matcher version = VERSION.matcher(header.strip());
        return version.matches() ? Optional.of(Long.valueOf(version.group(1))) : Optional.empty();
    }

    private static Stream<String> tags(String[] headers) {
        return Stream.ofNullable(headers).flatMap(Stream::of)
                .flatMap(header -> TAG.matcher(header).results()).map(tag -> tag.group(2));
    }
}
