package io.orderflow.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The store that the tests run on: H2 as they say, or with {@code -Dorderflow.test.store=postgres} a database of its
 * own on one PostgreSQL server of this virtual machine wherever they say H2.
 */
public final class TestStore implements EnvironmentPostProcessor {

    private static final String URL = "spring.datasource.url";
    private static final Pattern FILE = Pattern.compile("jdbc:h2:(?:retry:)?(?!mem:)([^;]+).*");
    /** A database in memory is a new one in each context; a file is the same one again after a restart. */
    private static final Map<String, String> FILES = new ConcurrentHashMap<>();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    public static boolean isPostgres() {
        return System.getProperty("orderflow.test.store", "h2").equals("postgres");
    }

    /** @return what the packaged application must be told to keep its data here, or nothing for its own default */
    public static String[] options(Path data) {
        return isPostgres() ? properties(databaseFor(file(data))).entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue()).toArray(String[]::new)
                : new String[0];
    }

    /** @return the URL of the H2 file in a directory, in whose place every Spring environment of a test puts another */
    public static String url(Path data) {
        return "jdbc:h2:retry:" + file(data) + ";LOCK_TIMEOUT=10000;QUERY_TIMEOUT=15000;DB_CLOSE_ON_EXIT=FALSE";
    }

    /** The store of a directory without the application around it. */
    public static DataSource dataSource(Path data) {
        return isPostgres() ? new DriverManagerDataSource(Server.POSTGRES.url(databaseFor(file(data))),
                Server.POSTGRES.user(), "") : new DriverManagerDataSource(url(data), "sa", "");
    }

    /** Makes a second store of one that nobody has open. */
    public static void copy(Path from, Path to) throws IOException {
        if (isPostgres()) {
            String copy = newName();
            Server.POSTGRES.copy(databaseFor(file(from)), copy);
            FILES.put(file(to), copy);
        } else {
            Files.copy(Path.of(file(from) + ".mv.db"), Path.of(file(to) + ".mv.db"));
        }
    }

    private static String file(Path data) {
        return data.resolve("orderflow").toAbsolutePath().toString();
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String url = environment.getProperty(URL, "");
        if (isPostgres() && url.startsWith("jdbc:h2:")) {
            Matcher file = FILE.matcher(url);
            environment.getPropertySources().addFirst(new MapPropertySource("test store", properties(
                    file.matches() ? databaseFor(file.group(1)) : newDatabase())));
        }
    }

    private static Map<String, Object> properties(String database) {
        // Contexts are cached by the dozen, and a pool keeps all its connections unless told otherwise.
        return Map.of(URL, Server.POSTGRES.url(database), "spring.datasource.username", Server.POSTGRES.user(),
                "spring.datasource.hikari.minimum-idle", "2");
    }

    private static String databaseFor(String file) {
        return FILES.computeIfAbsent(file, unknown -> newDatabase());
    }

    private static String newDatabase() {
        String database = newName();
        Server.POSTGRES.create(database);
        return database;
    }

    private static String newName() {
        return "test_" + DATABASES.incrementAndGet();
    }

    /** Started when it is first needed; ends with this virtual machine. */
    private static final class Server {

        private static final PostgresServer POSTGRES = start();

        private static PostgresServer start() {
            try {
                return PostgresServer.start(Files.createTempDirectory(Path.of("target"), "postgres"));
            } catch (IOException e) {
                throw new IllegalStateException("PostgreSQL does not start", e);
            }
        }

        private Server() {
        }
    }
}
