package io.orderflow.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's own configuration of Logback, with a log file. */
class EncodedLogTest {

    private static final String FORGED = "2026-12-01T00:00:00.000Z  INFO 1 --- [orderflow] forged";

    private final LoggerContext logs = new LoggerContext();

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        logs.setMDCAdapter(new LogbackMDCAdapter());
        logs.putProperty("LOG_FILE", directory.resolve("orderflow.log").toString());
        logs.putProperty("FILE_LOG_CHARSET", "UTF-8");
        var configurator = new JoranConfigurator();
        configurator.setContext(logs);
        configurator.doConfigure(getClass().getResource("/logback-spring.xml"));
    }

    @AfterEach
    void stop() {
        logs.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\u2028", "\u2029", "\u0085", "\u000b", "\f"})
    void keeps_a_message_in_its_line_whatever_is_in_it(String end) throws IOException {
        logs.getLogger("order").warn("Cancelled, because {}", "of me" + end + FORGED);

        assertThat(lines()).singleElement().asString().contains("Cancelled, because of me\\").endsWith(FORGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "\u009b31m", "\b\b", "\u202e", "\u2066", "\u0000", "\ud800"})
    void sends_nothing_to_a_terminal_that_is_not_text(String sequence) throws IOException {
        logs.getLogger("order").warn("Header {}", sequence);

        assertThat(lines()).singleElement().asString().contains("Header \\u").doesNotContain(sequence);
    }

    @Test
    void shows_a_stack_trace_in_lines_and_each_exceptions_message_in_one() throws IOException {
        var thrown = new IllegalStateException("outer\n" + FORGED, new IOException("inner\r\n" + FORGED));
        thrown.addSuppressed(new IOException("beside\u2028" + FORGED));

        logs.getLogger("order").error("It failed", thrown);

        assertThat(lines()).noneMatch(line -> line.strip().startsWith(FORGED))
                .anyMatch(line -> line.endsWith("IllegalStateException: outer\\n" + FORGED))
                .anyMatch(line -> line.endsWith("Caused by: java.io.IOException: inner\\r\\n" + FORGED))
                .anyMatch(line -> line.endsWith("Suppressed: java.io.IOException: beside\\u2028" + FORGED))
                .filteredOn(line -> line.strip().startsWith("at ")).hasSizeGreaterThan(10);
    }

    @Test
    void leaves_text_alone_that_only_looks_unusual() throws IOException {
        logs.getLogger("order").warn("Grüße, שלום, 日本, 😀, 50 %\\n");

        assertThat(lines()).singleElement().asString().endsWith("Grüße, שלום, 日本, 😀, 50 %\\n");
    }

    @Test
    void shows_why_the_application_does_not_start_in_paragraphs() throws IOException {
        logs.getLogger("org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter").error("Failed\n\nAction");

        assertThat(lines()).hasSize(3);
    }

    /** As an editor sees them: separated by whatever Unicode takes for the end of a line. */
    private List<String> lines() throws IOException {
        return List.of(Files.readString(directory.resolve("orderflow.log"), StandardCharsets.UTF_8).strip().split("\\R"));
    }
}
