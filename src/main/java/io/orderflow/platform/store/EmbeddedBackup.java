package io.orderflow.platform.store;

import io.orderflow.platform.spi.Durability;
import io.orderflow.shared.Refusal;
import io.orderflow.platform.spi.StoreBackup;
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
 * Copies H2's file between two of its flushes. Not by {@code BACKUP TO}: that writes the file first, at any moment, and
 * a copy could have halves of transactions (docs/adr/0008).
 */
@Component
class EmbeddedBackup implements StoreBackup {

    /** Names of files beside the store. */
    private static final String LEFT_BEHIND = "{backup-*.zip,backup-*.zip.unfinished,*.trace.db,*.trace.db.old}";

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

    /** Deletes old copies but the newest, and what H2 or a copy that was broken off has left; says how many. */
    synchronized int deleteBefore(Instant instant, int limit) {
        try (Connection connection = dataSource.getConnection()) {
            if (!isEmbedded(connection)) {
                return 0;
            }
            var old = new ArrayList<Path>();
            try (var files = Files.newDirectoryStream(H2Store.of(connection).directory(), LEFT_BEHIND)) {
                files.forEach(old::add);
            }
            old.sort(Comparator.comparing(EmbeddedBackup::modified));
            old.stream().filter(EmbeddedBackup::isWhole).reduce((before, newest) -> newest).ifPresent(old::remove);
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

    private static boolean isWhole(Path file) {
        return file.toString().endsWith(".zip");
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

    /** Under its name only once it is whole and on the disk. */
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
            throw new TransientDataAccessResourceException("The backup cannot be written: " + failure.getMessage(), failure);
        } finally {
            // Half a copy is of no use, and takes the room of which there was too little
            Files.deleteIfExists(unfinished);
        }
    }
}
