package io.orderflow.platform.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.CommittedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** Every code that the sources can answer has a page, and every page is about a code that can be answered. */
class ProblemCatalogueTest {

    private static final Path SOURCES = Path.of("src/main/java");
    /** Where a code is given: a refusal or a problem, or a method that makes one of its code. */
    private static final Pattern GIVEN = Pattern.compile(
            "(?:new Refusal\\(|Problems\\.(?:of|exception)\\(|\\binvalid\\(|\\bconflict\\(|new Shares\\()"
                    + "[^;]*?\"([a-z]+(?:_[a-z]+)*)\"");
    /** Those that are only known from the status, of the framework or of Tomcat. */
    private static final Set<HttpStatus> BY_STATUS = Set.of(HttpStatus.BAD_REQUEST, HttpStatus.METHOD_NOT_ALLOWED,
            HttpStatus.NOT_ACCEPTABLE, HttpStatus.UNSUPPORTED_MEDIA_TYPE, HttpStatus.URI_TOO_LONG,
            HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, HttpStatus.NOT_IMPLEMENTED, HttpStatus.SERVICE_UNAVAILABLE,
            HttpStatus.HTTP_VERSION_NOT_SUPPORTED);

    @Test
    void every_code_has_a_page() {
        Set<String> given = codes();
        BY_STATUS.forEach(status -> given.add(Problems.codeOf(status)));

        assertThat(given).hasSizeGreaterThan(70);
        assertThat(pages()).containsExactlyElementsOf(given);
    }

    @Test
    void a_status_of_which_nothing_is_known_has_the_code_of_its_kind() {
        assertThat(Problems.codeOf(HttpStatus.I_AM_A_TEAPOT)).isEqualTo("bad_request");
        assertThat(Problems.codeOf(HttpStatus.GATEWAY_TIMEOUT)).isEqualTo("internal_error");
    }

    @Test
    void the_document_says_the_same() {
        var document = new StringBuilder("""
                # Problems

                This page lists every `code` of a problem document (RFC 9457) with its remedy. The server has the same at
                `/problems/{code}`, the `type` of the problem. `ProblemCatalogueTest` writes this page from `problems.yaml`.

                | Code | Status | What it means | What to do |
                |---|---|---|---|
                """);
        ProblemCatalogue.all().forEach(problem -> document.append("| `%s` | %s | %s | %s |%n".formatted(problem.code(),
                problem.status(), problem.means(), problem.remedy())));

        CommittedFiles.requireFresh(Path.of("docs/problems.md"), document.toString());
    }

    private static Set<String> pages() {
        return new TreeSet<>(ProblemCatalogue.all().stream().map(ProblemCatalogue.Entry::code).toList());
    }

    private static Set<String> codes() {
        try (var files = Files.walk(SOURCES)) {
            var codes = new TreeSet<String>();
            files.filter(file -> file.toString().endsWith(".java")).map(ProblemCatalogueTest::text)
                    .forEach(text -> GIVEN.matcher(text).results().forEach(code -> codes.add(code.group(1))));
            return codes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
