package io.orderflow.platform.store.durability;

import io.orderflow.platform.store.availability.StoreAvailability;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.jspecify.annotations.Nullable;

/**
 * Writes H2's file in place of H2's own background thread, which would write at any moment (docs/adr/0008). Used by a
 * single thread.
 *
 * <p>Uses H2's internal API, because {@code CHECKPOINT SYNC} returns at once, without a write, while a chunk is still
 * on its way to the file (2.3.232, {@code MVStore.store}, {@code FileStore.storeIt}).
 */
final class H2Flush implements GroupCommit.Flush {

    /** Days until H2's own thread writes. With 0, H2 would write each commit. */
    private static final int NEVER_MILLIS = Integer.MAX_VALUE;
    private static final long COMPACT_NANOS = 500_000_000;
    /** Percentage of the file that has to be in use: H2's own value for a busy store. */
    private static final int WELL_FILLED = 75;
    private static final int MOVED_AT_ONCE_BYTES = 4 << 20;

    private final DataSource dataSource;
    private final WriteGate gate;
    private final StoreAvailability availability;
    private volatile @Nullable MVStore pages;
    private volatile boolean givenUp;
    private long onDisk;
    private long compacted = System.nanoTime();

    H2Flush(DataSource dataSource, WriteGate gate, StoreAvailability availability) {
        this.dataSource = dataSource;
        this.gate = gate;
        this.availability = availability;
    }

    /** Returns once everything that is committed is on disk, and nothing that is not committed. */
    @Override
    public void run() throws SQLException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            flush(H2Store.of(connection).pages());
        } finally {
            reportPanic();
        }
    }

    private void flush(MVStore current) throws InterruptedException {
        if (current != pages) {
            takeOver(current);
        }
        gate.close(current::commit, () -> isFillingUp(current));
        write(current);
        if (System.nanoTime() - compacted > COMPACT_NANOS) {
            compact(current);
            compacted = System.nanoTime();
        }
    }

    /** The store is another object after the database was closed and opened. */
    private void takeOver(MVStore current) throws InterruptedException {
        gate.close(() -> current.setAutoCommitDelay(NEVER_MILLIS), () -> false);
        pages = current;
        onDisk = -1;
        RetryingFiles.repeat(current.getFileStore().getFileName(), availability);
    }

    /** H2 closes a store that it finds damaged, and nothing reopens it in this process. */
    private void reportPanic() {
        MVStore current = pages;
        if (current != null && !givenUp && current.getPanicException() != null) {
            availability.broken(current.getPanicException());
        }
    }

    @Override
    public void giveUp() {
        givenUp = true;
        MVStore current = pages;
        if (current != null) {
            RetryingFiles.giveUp(current.getFileStore().getFileName());
        }
    }

    /** Beyond twice this amount of unsaved changes, H2 writes by itself, even while statements run. */
    private static boolean isFillingUp(MVStore pages) {
        return pages.getUnsavedMemory() > pages.getAutoCommitMemory() / 2;
    }

    private void write(MVStore pages) {
        long version = pages.getCurrentVersion();
        if (version != onDisk) {
            pages.executeFilestoreOperation(() -> { });
            pages.sync();
            onDisk = version;
        }
    }

    /** Moves what is left of old chunks into new ones, which the next flushes write, and closes the holes. */
    private static void compact(MVStore pages) {
        pages.compact(WELL_FILLED, MOVED_AT_ONCE_BYTES);
        FileStore<?> file = pages.getFileStore();
        if (file.getFillRate() < WELL_FILLED && file instanceof RandomAccessStore chunks) {
            chunks.compactMoveChunks(WELL_FILLED, MOVED_AT_ONCE_BYTES, pages);
        }
    }
}
