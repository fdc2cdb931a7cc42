package io.orderflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A store of either vendor is rolled forward by the same steps. */
class MigrationsTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    @Test
    void every_migration_exists_for_both_vendors_under_the_same_version_and_name() throws IOException {
        assertThat(migrations("h2")).isNotEmpty().isEqualTo(migrations("postgresql"));
    }

    @Test
    void no_version_is_taken_twice() throws IOException {
        assertThat(migrations("h2").stream().map(file -> file.split("__")[0])).doesNotHaveDuplicates();
    }

    private static List<String> migrations(String vendor) throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS.resolve(vendor))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
