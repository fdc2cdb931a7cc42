package io.orderflow.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;

/**
 * Writes H2's file, in place of H2's own background thread, which would write at any moment (docs/adr/0008). Used by one
 * thread.
 *
 * <p>Reaches below SQL, because {@code CHECKPOINT SYNC} finds nothing to do, and returns, while a chunk is still on its
 * way to the file (2.3.232, {@code MVStore.store}, {@code FileStore.storeIt}).
 */
final class H2Flush implements GroupCommit.Flush {

    /** Until H2's own thread would write: days. At 0 H2 would write each commit. */
    private static final int NEVER_MILLIS = Integer.MAX_VALUE;
    private static final long TIDY_NANOS = 500_000_000;
    /** Percent of the file that has to be in use, as H2 itself wants it while it is busy. */
    private static final int WELL_FILLED = 75;
    private static final int MOVED_AT_ONCE_BYTES = 4 << 20;

    private final DataSource dataSource;
    private final WriteGate gate;
    private final StoreAvailability availability;
    private volatile MVStore pages;
    private volatile boolean givenUp;
    private long onDisk;
    private long tidied = System.nanoTime();

    H2Flush(DataSource dataSource, WriteGate gate, StoreAvailability availability) {
        this.dataSource = dataSource;
        this.gate = gate;
        this.availability = availability;
    }

    /** Returns once all that is committed is on the disk, and nothing of what is not. */
    @Override
    public void run() throws SQLException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            takeOver(H2Store.of(connection).pages());
            flush();
        } finally {
            noticeThatH2HasGivenUp();
        }
    }

    private void flush() throws InterruptedException {
        gate.close(pages::commit, this::isFillingUp);
        write();
        if (System.nanoTime() - tidied > TIDY_NANOS) {
            tidy();
            tidied = System.nanoTime();
        }
    }

    /** Its store closes itself when it finds itself damaged, and nothing opens it again in this process. */
    private void noticeThatH2HasGivenUp() {
        if (pages != null && !givenUp && pages.getPanicException() != null) {
            availability.broken(pages.getPanicException());
        }
    }

    /** Nothing waits for the disk any more: a write that fails is H2's to see. */
    @Override
    public void giveUp() {
        givenUp = true;
        if (pages != null) {
            EnduringFiles.forget(pages.getFileStore().getFileName());
        }
    }

    /** The file is another object after the database was closed and opened. */
    private void takeOver(MVStore current) throws InterruptedException {
        if (current != pages) {
            gate.close(() -> current.setAutoCommitDelay(NEVER_MILLIS), () -> false);
            pages = current;
            onDisk = -1;
            EnduringFiles.watch(pages.getFileStore().getFileName(), availability);
        }
    }

    /** H2 writes, statements or not, when more than this is waiting to be written. */
    private boolean isFillingUp() {
        return pages.getUnsavedMemory() > pages.getAutoCommitMemory() / 2;
    }

    private void write() {
        long version = pages.getCurrentVersion();
        if (version != onDisk) {
            pages.executeFilestoreOperation(() -> { });
            pages.sync();
            onDisk = version;
        }
    }

    /** Collects what is left of old chunks into new ones, which the next flushes write, and closes the holes. */
    private void tidy() {
        pages.compact(WELL_FILLED, MOVED_AT_ONCE_BYTES);
        FileStore<?> file = pages.getFileStore();
        if (file.getFillRate() < WELL_FILLED && file instanceof RandomAccessStore chunks) {
            chunks.compactMoveChunks(WELL_FILLED, MOVED_AT_ONCE_BYTES, pages);
        }
    }
}
