package io.orderflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.shared.WaitingOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents call by name is there. */
class DocumentedNamesTest {

    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");

    @Test
    void the_patterns_name_classes_that_exist() throws IOException {
        assertThat(names(Files.readString(Path.of("docs/patterns.md")), CLASS)).hasSizeGreaterThan(20)
                .isSubsetOf(classes());
    }

    @Test
    void every_document_names_tests_that_exist() throws IOException {
        try (Stream<Path> documents = Files.walk(Path.of("docs"))) {
            var all = new StringBuilder(Files.readString(Path.of("README.md")));
            for (Path document : documents.filter(file -> file.toString().endsWith(".md")).toList()) {
                all.append(Files.readString(document));
            }
            assertThat(names(all.toString(), TEST)).hasSizeGreaterThan(20).isSubsetOf(classes());
        }
    }

    @Test
    void whatever_an_order_waits_for_is_described_and_has_words() throws IOException {
        String description = Files.readString(Path.of("src/main/resources/static/openapi.yaml"));
        String words = Files.readString(Path.of("src/main/resources/static/console/words.js"));

        assertThat(WaitingOn.Code.values()).allSatisfy(code -> {
            assertThat(description).containsPattern("\\b" + code.text() + "[,\\]]");
            assertThat(words).contains("\n  " + code.text() + ": '");
        });
    }

    private static Set<String> names(String text, Pattern pattern) {
        return pattern.matcher(text).results().map((MatchResult name) -> name.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            return sources.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length())).collect(Collectors.toSet());
        }
    }
}
