package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the unit tests of the console's logic, src/test/console, by Node's own test runner; skipped where there is no Node. */
class ConsoleLogicTest {

    @Test
    void the_console_counts_formats_and_words_as_its_tests_say(@TempDir Path modules) throws Exception {
        assumeTrue(run(modules, "node", "--version").startsWith("v"), "no Node");
        copy(Path.of("src/main/resources/static/console"), modules.resolve("console"));
        copy(Path.of("src/test/console"), modules);
        Files.writeString(modules.resolve("package.json"), "{\"type\": \"module\"}");

        assertThat(run(modules, "node", "--test", "--test-reporter=tap")).contains("# fail 0").doesNotContain("# pass 0");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> scripts = Files.list(from)) {
            for (Path script : scripts.filter(file -> file.toString().endsWith(".js")).toList()) {
                Files.copy(script, to.resolve(script.getFileName()));
            }
        }
    }

    private static String run(Path directory, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return output;
        } catch (IOException missing) {
            return "";
        }
    }
}
