package io.orderflow.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever types what the documentation says gets the identities that it shows. */
class DocumentedIdentitiesTest {

    private static final Pattern CALLER = Pattern.compile("-u (\\w+):");
    private static final Pattern KEY = Pattern.compile("Idempotency-Key: \"?([\\w-]+)");
    private static final Pattern IDENTITY = Pattern.compile("\\b[a-z]{3}_([0-9a-z]{26})\\b");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/api.md"})
    void are_derived_from_the_caller_and_the_key_of_a_command(String document) throws IOException {
        String text = Files.readString(Path.of(document));

        Set<String> shown = found(IDENTITY, text);
        Set<String> derived = Stream.of(text.split("curl ")).flatMap(DocumentedIdentitiesTest::derived)
                .collect(Collectors.toSet());

        assertThat(shown).isNotEmpty().isSubsetOf(derived);
    }

    /** A command is followed by words, which may name another key of the same caller. */
    private static Stream<String> derived(String command) {
        return found(CALLER, command).stream().flatMap(caller -> found(KEY, command).stream()
                .map(key -> new RequestIdentity(caller, key, "").derive("")));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
