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
 * A database with the application's tables, all empty, that nobody misses: an H2 file in the directory for temporary
 * files, which is gone once this is closed. Used by one thread at a time.
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
                .formatted(directory.toAbsolutePath().resolve("scratch"));
        var scratch = new ShadowTables(directory, url);
        try {
            scratch.createTables();
            return scratch;
        } catch (IOException | RuntimeException failure) {
            scratch.close();
            throw failure;
        }
    }

    /** By the migrations, in their order; not by Flyway, which would log each of them for a store that nobody sees. */
    private void createTables() throws IOException {
        var migrations = new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/h2/V*.sql");
        Arrays.sort(migrations, Comparator.comparingInt(ShadowTables::version));
        new ResourceDatabasePopulator(migrations).execute(store);
    }

    private static int version(Resource migration) {
        String name = migration.getFilename();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    /** What processes that were killed have left: their number stands in its name. */
    private static void removeLeftovers(Path temporary) throws IOException {
        List<Path> scratches;
        try (var files = Files.list(temporary)) {
            scratches = files.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d+-\\d+")).toList();
        }
        for (Path scratch : scratches) {
            long process = Long.parseLong(scratch.getFileName().toString().split("-")[2]);
            if (ProcessHandle.of(process).isEmpty()) {
                FileSystemUtils.deleteRecursively(scratch);
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
