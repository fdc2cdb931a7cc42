package io.orderflow.platform.store.durability;

import io.orderflow.platform.store.availability.StoreAvailability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.retry.FilePathRetryOnInterrupt;
import org.jspecify.annotations.Nullable;

/**
 * H2's {@code retry:} files, whose failed writes are repeated until they succeed, for example until a full disk has
 * room. H2 would close the store on the first failed write, and lose what was committed but not yet written
 * (docs/adr/0008).
 */
public final class RetryingFiles extends FilePathRetryOnInterrupt {

    private static final Map<String, StoreAvailability> REPEATED = new ConcurrentHashMap<>();

    /** Replaces H2's own implementation of {@code retry:}. */
    static void register() {
        FilePath.register(new RetryingFiles());
    }

    /** Repeats failed writes to a file from now on, and reports them. */
    static void repeat(String file, StoreAvailability availability) {
        REPEATED.put(file, availability);
    }

    /** Passes failures on to H2 again, also those of writes that are being repeated. */
    static void giveUp(String file) {
        REPEATED.remove(file);
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new RetryingFile(super.open(mode), name);
    }

    private static final class RetryingFile extends FileBase {

        private static final long PAUSE_MILLIS = 250;

        private final FileChannel file;
        private final String name;

        private RetryingFile(FileChannel file, String name) {
            this.file = file;
            this.name = name;
        }

        @FunctionalInterface
        private interface Write<R> {

            R run() throws IOException;
        }

        private <R> R repeat(Write<R> write) throws IOException {
            @Nullable StoreAvailability lost = null;
            while (true) {
                try {
                    R result = write.run();
                    if (lost != null) {
                        lost.regained();
                    }
                    return result;
                } catch (IOException failure) {
                    lost = reporting(failure);
                    lost.lost(failure);
                    pause();
                }
            }
        }

        /** @throws IOException the failure, when it is H2's to handle */
        private StoreAvailability reporting(IOException failure) throws IOException {
            StoreAvailability availability = REPEATED.get(name);
            if (availability == null || failure instanceof ClosedChannelException) {
                throw failure;
            }
            return availability;
        }

        /** An interrupt may shorten the pause, but must not abandon half a write. */
        private static void pause() {
            boolean interrupted = Thread.interrupted();
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /**
         * Not repeated: the system forgets what it could not write, and a second {@code fsync} would succeed without
         * it.
         */
        @Override
        public void force(boolean metaData) throws IOException {
            try {
                file.force(metaData);
            } catch (IOException failure) {
                reporting(failure).broken(failure);
                throw failure;
            }
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            return repeat(() -> file.write(bytes, position));
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return repeat(() -> file.write(bytes));
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            repeat(() -> file.truncate(size));
            return this;
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
}
