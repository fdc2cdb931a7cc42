package io.orderflow.platform.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.h2.store.fs.FileBase;

/**
 * A file whose writes wait while the disk is full or does not take them. Not so an {@code fsync} that fails: the system
 * forgets what it could not write, and a second one would succeed without it.
 */
final class EnduringFile extends FileBase {

    private static final long PAUSE_MILLIS = 250;

    private final FileChannel file;
    private final Supplier<StoreAvailability> watcher;

    /** @param watcher is told of failures; none: they are H2's to see */
    EnduringFile(FileChannel file, Supplier<StoreAvailability> watcher) {
        this.file = file;
        this.watcher = watcher;
    }

    @FunctionalInterface
    private interface Write<R> {

        R run() throws IOException;
    }

    private <R> R endure(Write<R> write) throws IOException {
        boolean lost = false;
        while (true) {
            try {
                R result = write.run();
                if (lost) {
                    regained();
                }
                return result;
            } catch (IOException failure) {
                StoreAvailability availability = watcher.get();
                if (availability == null || failure instanceof ClosedChannelException) {
                    throw failure;
                }
                lost = true;
                availability.lost(failure);
                pause();
            }
        }
    }

    private void regained() {
        StoreAvailability availability = watcher.get();
        if (availability != null) {
            availability.regained();
        }
    }

    /** Whoever interrupts it must not make it give up half of a write. */
    private static void pause() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
        boolean interrupted = false;
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        return endure(() -> file.write(bytes, position));
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return endure(() -> file.write(bytes));
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        endure(() -> file.truncate(size));
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        try {
            file.force(metaData);
        } catch (IOException failure) {
            StoreAvailability availability = watcher.get();
            if (availability != null && !(failure instanceof ClosedChannelException)) {
                availability.broken(failure);
            }
            throw failure;
        }
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
        return file.read(bytes, position);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return file.read(bytes);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
