package io.orderflow.platform.store.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderflow.packaged.FreePorts;
import io.orderflow.packaged.PostgresServer;
import io.orderflow.platform.store.durability.SlowFiles;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Real failures as the driver reports and Spring wraps them. */
class UnusableStoreAnalyzerTest {

    @TempDir
    Path data;

    @AfterEach
    void makeRoom() {
        SlowFiles.setFull(false);
    }

    @Test
    void explains_that_another_process_has_opened_the_file() throws Exception {
        Path file = data.resolve("store.mv.db");
        try (var other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE); var lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();

            var analysis = analysis("jdbc:h2:retry:" + data.resolve("store"), "sa");

            assertThat(analysis.getDescription()).contains("is in use by another process");
            assertThat(analysis.getAction()).contains("Stop the other one").contains("PostgreSQL");
        }
    }

    @Test
    void advises_to_put_a_damaged_file_aside_and_restore() throws Exception {
        Files.writeString(data.resolve("text.mv.db"), "This is no database. ".repeat(1000));
        try (Connection store = DriverManager.getConnection("jdbc:h2:retry:" + data.resolve("store"), "sa", "")) {
            store.createStatement().execute("CREATE TABLE fact (id INT) AS SELECT X FROM SYSTEM_RANGE(1, 10000)");
        }
        byte[] whole = Files.readAllBytes(data.resolve("store.mv.db"));
        Files.write(data.resolve("torn.mv.db"), Arrays.copyOf(whole, 5000));

        for (String name : new String[] {"text", "torn"}) {
            var analysis = analysis("jdbc:h2:retry:" + data.resolve(name), "sa");

            assertThat(analysis.getDescription()).as(name).contains("is damaged, or no H2 database");
            assertThat(analysis.getAction()).contains("without deleting it").contains("docs/reliability.md");
        }
    }

    @Test
    void explains_that_the_disk_is_full() {
        SlowFiles.register();
        SlowFiles.setFull(true);

        var analysis = analysis("jdbc:h2:retry:slow:" + data.resolve("store"), "sa");

        assertThat(analysis.getDescription()).contains("its disk is full");
        assertThat(analysis.getAction()).contains("Make room");
    }

    @Test
    void explains_that_the_folder_cannot_be_written() throws Exception {
        Files.createFile(data.resolve("file"));

        var analysis = analysis("jdbc:h2:retry:" + data.resolve("file").resolve("store"), "sa");

        assertThat(analysis.getDescription()).contains("cannot be opened or written");
        assertThat(analysis.getAction()).contains("folder");
    }

    @Test
    void explains_that_the_user_was_refused_without_showing_settings() throws Exception {
        String url = "jdbc:h2:retry:" + data.resolve("store");
        DriverManager.getConnection(url, "other", "secret").close();

        var analysis = analysis(url + ";LOCK_TIMEOUT=1", "sa");

        assertThat(analysis.getDescription()).contains("has refused the user or the password")
                .as("settings may tell a secret").doesNotContain("LOCK_TIMEOUT");
    }

    @Test
    void explains_that_a_server_cannot_be_reached() throws Exception {
        var analysis = analysis("jdbc:postgresql://127.0.0.1:" + FreePorts.next() + "/orderflow", "orderflow");

        assertThat(analysis.getDescription()).contains("cannot be reached").contains("Connection refused");
        assertThat(analysis.getAction()).contains("--spring.datasource.url");
    }

    @Test
    @EnabledIf("io.orderflow.packaged.TestStore#isPostgres")
    void names_the_missing_database_or_user() throws Exception {
        try (var postgres = PostgresServer.start(data)) {
            assertThat(analysis(postgres.url("nowhere"), postgres.user()).getDescription())
                    .contains("does not exist on the server").contains("\"nowhere\"");
            postgres.create("orderflow");
            assertThat(analysis(postgres.url("orderflow"), "nobody").getDescription())
                    .contains("has refused the user or the password").contains("\"nobody\"");
        }
    }

    @Test
    void ignores_failures_of_statements() throws Exception {
        try (Connection store = DriverManager.getConnection("jdbc:h2:mem:", "sa", "")) {
            var failure = catchThrowableOfType(SQLException.class, () -> store.createStatement().execute("SELECT * FROM x"));

            assertThat(analysis("jdbc:h2:mem:", failure)).isNull();
        }
    }

    private static FailureAnalysis analysis(String url, String user) {
        return analysis(url, catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(
                url.startsWith("jdbc:h2:") ? url + ";TRACE_LEVEL_FILE=0" : url, user, "").close()));
    }

    private static FailureAnalysis analysis(String url, SQLException failure) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", Map.of("spring.datasource.url", url)));
        return new UnusableStoreAnalyzer(environment).analyze(
                new BeanCreationException("durability", new IllegalStateException("wrapped", failure)));
    }
}
