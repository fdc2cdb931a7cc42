package io.orderflow.operations;

import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Copies of the embedded store, each of one consistent moment, while it is in use. */
@RestController
@RequestMapping("/v1/operations/backups")
class BackupController {

    private static final String EMBEDDED = "jdbc:h2:";

    private final JdbcClient jdbc;
    private final String url;

    BackupController(DataSource store, DataSourceProperties properties) {
        jdbc = JdbcClient.create(store);
        url = properties.determineUrl();
    }

    /**
     * A backup that was made.
     *
     * @param file  a zip beside the store, on the machine of the application
     * @param bytes its size
     */
    record Backup(String file, long bytes) {
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Backup make(RequestIdentity request) {
        if (!url.startsWith(EMBEDDED)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "not_embedded",
                    "This store is not embedded; back it up by its own means, such as pg_dump.", Map.of());
        }
        Path zip = directory().resolve("backup-%s.zip".formatted(request.derive(""))).toAbsolutePath();
        if (!Files.exists(zip)) {
            Path unfinished = zip.resolveSibling(zip.getFileName() + ".unfinished");
            jdbc.sql("BACKUP TO '%s'".formatted(unfinished.toString().replace("'", "''"))).update();
            move(unfinished, zip);
        }
        return new Backup(zip.toString(), size(zip));
    }

    private Path directory() {
        String path = jdbc.sql("SELECT DATABASE_PATH()").query(String.class).single();
        return Path.of(path.substring(path.indexOf(':') + 1)).toAbsolutePath().getParent();
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
