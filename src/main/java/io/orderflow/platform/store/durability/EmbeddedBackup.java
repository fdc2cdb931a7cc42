package io.orderflow.platform.store.durability;

import io.orderflow.platform.spi.Durability;
import io.orderflow.platform.spi.StoreBackup;
import io.orderflow.shared.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import javax.sql.DataSource;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.stereotype.Component;

/**
 * Copies H2's file between two flushes. Not by {@code BACKUP TO}, which writes the file first, while statements run: a
 * copy could contain halves of transactions (docs/adr/0008).
 */
@Component
class EmbeddedBackup implements StoreBackup {

    /** Files beside the store that are deleted when they are old. */
    private static final String DELETABLE = "{backup-*.zip,backup-*.zip.unfinished,*.trace.db,*.trace.db.old}";

    private final DataSource dataSource;
    private final Durability durability;

    EmbeddedBackup(DataSource dataSource, Durability durability) {
        this.dataSource = dataSource;
        this.durability = durability;
    }

    @Override
    public synchronized Copy make(String name) {
        try (Connection connection = dataSource.getConnection()) {
            H2Store store = embedded(connection);
            Path zip = store.directory().resolve(name + ".zip");
            if (!Files.exists(zip)) {
                copy(store, zip);
            }
            return new Copy(zip.toString(), Files.size(zip));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes old copies except the newest, aborted copies and H2's trace files. Returns how many. */
    synchronized int deleteBefore(Instant instant, int limit) {
        try (Connection connection = dataSource.getConnection()) {
            if (!isEmbedded(connection)) {
                return 0;
            }
            var old = new ArrayList<Path>();
            try (var files = Files.newDirectoryStream(H2Store.of(connection).directory(), DELETABLE)) {
                files.forEach(old::add);
            }
            old.sort(Comparator.comparing(EmbeddedBackup::modified));
            old.stream().filter(file -> file.toString().endsWith(".zip")).reduce((before, newest) -> newest)
                    .ifPresent(old::remove);
            int deleted = 0;
            for (Path file : old) {
                if (deleted < limit && modified(file).isBefore(instant) && Files.deleteIfExists(file)) {
                    deleted++;
                }
            }
            return deleted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmbedded(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2") && H2Store.of(connection).isOnDisk();
    }

    private static H2Store embedded(Connection connection) throws SQLException {
        if (isEmbedded(connection)) {
            return H2Store.of(connection);
        }
        throw new Refusal(Refusal.Kind.CONFLICT, "not_embedded",
                "This store is not embedded; back it up by its own means, such as pg_dump.");
    }

    /** The copy gets its name only when it is complete and on disk. */
    private void copy(H2Store store, Path zip) throws IOException {
        Path unfinished = zip.resolveSibling(zip.getFileName() + ".unfinished");
        durability.awaitDurable();
        try {
            store.copyTo(unfinished);
            try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(unfinished, zip);
        } catch (IOException failure) {
            throw new TransientDataAccessResourceException("The backup cannot be written: " + failure.getMessage(),
                    failure);
        } finally {
            // After a failure, half a copy would occupy space that may be what is lacking
            Files.deleteIfExists(unfinished);
        }
    }
}
