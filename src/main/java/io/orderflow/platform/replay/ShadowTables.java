package io.orderflow.platform.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.util.FileSystemUtils;

/**
 * A temporary database with all tables of the application: an H2 file in the directory for temporary files, deleted on
 * close. Used by one thread at a time.
 */
final class ShadowTables implements AutoCloseable {

    private static final String PREFIX = "orderflow-replay-";

    private final Path directory;
    private final SingleConnectionDataSource store;
    private final JdbcTemplate jdbc;

    private ShadowTables(Path directory, String url) {
        this.directory = directory;
        this.store = new SingleConnectionDataSource(url, "sa", "", true);
        this.jdbc = new JdbcTemplate(store);
    }

    static ShadowTables create() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        removeLeftovers(temporary);
        Path directory = Files.createTempDirectory(temporary, PREFIX + ProcessHandle.current().pid() + '-');
        String url = "jdbc:h2:file:%s;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=10000"
                .formatted(directory.toAbsolutePath().resolve("shadow"));
        var tables = new ShadowTables(directory, url);
        try {
            tables.createTables();
            return tables;
        } catch (IOException | RuntimeException failure) {
            tables.close();
            throw failure;
        }
    }

    /** Runs the migrations in their order; without Flyway, which would log each of them. */
    private void createTables() throws IOException {
        var migrations = new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/h2/V*.sql");
        Arrays.sort(migrations, Comparator.comparingInt(ShadowTables::version));
        new ResourceDatabasePopulator(migrations).execute(store);
    }

    private static int version(Resource migration) {
        String name = migration.getFilename();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    /** Deletes the databases of processes that were killed; the name contains the process id. */
    private static void removeLeftovers(Path temporary) throws IOException {
        List<Path> leftovers;
        try (var files = Files.list(temporary)) {
            leftovers = files.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d+-\\d+")).toList();
        }
        for (Path leftover : leftovers) {
            long process = Long.parseLong(leftover.getFileName().toString().split("-")[2]);
            if (ProcessHandle.of(process).isEmpty()) {
                FileSystemUtils.deleteRecursively(leftover);
            }
        }
    }

    DataSource store() {
        return store;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    @Override
    public void close() throws IOException {
        try {
            jdbc.execute("SHUTDOWN IMMEDIATELY");
        } finally {
            store.destroy();
            FileSystemUtils.deleteRecursively(directory);
        }
    }
}
