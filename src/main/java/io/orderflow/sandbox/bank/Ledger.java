package io.orderflow.sandbox.bank;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * An append-only file of entries, one JSON line each. Entries that arrive during a flush share the next one. While the
 * disk accepts nothing, they wait.
 */
final class Ledger implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
    private static final long RETRY_MILLIS = 250;

    /** Never interrupted: an interrupt would close the channel. */
    private final ExecutorService flusher = Executors.newSingleThreadExecutor(
            new CustomizableThreadFactory("sandbox-ledger-"));
    private final FileChannel file;
    private final Consumer<Entry> listener;
    private List<Entry> waiting = new ArrayList<>();
    /** The flush that will write what is waiting. */
    private @Nullable CompletableFuture<Void> next;
    /** Length of what is known to be on disk. Used by the flusher only. */
    private long end;

    /** @param end where entries are appended */
    Ledger(FileChannel file, long end, Consumer<Entry> listener) {
        this.file = file;
        this.end = end;
        this.listener = listener;
    }

    /**
     * @param replay   receives the entries of the file
     * @param listener receives each new entry once it is on disk, in their order, before its future completes
     */
    static Ledger open(Path path, Consumer<Entry> replay, Consumer<Entry> listener) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            requireSoleOwner(file);
            var end = replay(file, replay);
            // A crash can tear only the last line, which was not acknowledged.
            file.truncate(end);
            file.force(true);
            return new Ledger(file, end, listener);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Entries reach the file in the order of these calls; the future completes when the entry is on disk. */
    synchronized CompletableFuture<Void> append(Entry entry) {
        if (next == null) {
            next = CompletableFuture.runAsync(this::flush, flusher);
        }
        waiting.add(entry);
        return next;
    }

    private void flush() {
        List<Entry> entries;
        synchronized (this) {
            entries = waiting;
            waiting = new ArrayList<>();
            next = null;
        }
        var lines = new ByteArrayOutputStream();
        entries.forEach(entry -> {
            lines.writeBytes(Json.bytes(entry));
            lines.write('\n');
        });
        try {
            write(lines.toByteArray());
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR,
                    "The sandbox ledger cannot be written; nothing more is answered until a restart", e);
            flusher.shutdown();
            closeFile();
            throw new CompletionException(e);
        }
        entries.forEach(listener);
    }

    /** Each attempt begins at the first byte: after a failed fsync it is unknown what of it is on disk. */
    private void write(byte[] lines) throws IOException, InterruptedException {
        for (boolean failed = false;; failed = true) {
            try {
                var buffer = ByteBuffer.wrap(lines);
                while (buffer.hasRemaining()) {
                    file.write(buffer, end + buffer.position());
                }
                file.force(false);
                end += lines.length;
                if (failed) {
                    LOG.log(System.Logger.Level.INFO, "The sandbox ledger is written again");
                }
                return;
            } catch (IOException e) {
                if (!file.isOpen() || flusher.isShutdown()) {
                    throw e;
                }
                if (!failed) {
                    LOG.log(System.Logger.Level.WARNING, "The sandbox ledger cannot be written; the gateway does not"
                            + " answer until it can: " + e.getMessage());
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }

    @Override
    public void close() {
        flusher.shutdown();
        try {
            flusher.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeFile();
    }

    /** After a failure this keeps later entries from being written behind one that was lost. */
    private void closeFile() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The sandbox ledger cannot be closed", e);
        }
    }

    private static void requireSoleOwner(FileChannel file) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Locked by this process.
        }
        throw new IOException("another sandbox gateway is using it");
    }

    /** Returns where the last complete line ends. */
    private static long replay(FileChannel file, Consumer<Entry> replay) throws IOException {
        // Not closed: that would close the channel.
        var in = new BufferedInputStream(Channels.newInputStream(file), 1 << 16);
        var line = new ByteArrayOutputStream();
        long end = 0;
        long number = 1;
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n') {
                try {
                    replay.accept(Json.read(line.toByteArray(), Entry.class));
                } catch (IOException | RuntimeException e) {
                    throw new IOException("line " + number + " is damaged: " + e.getMessage(), e);
                }
                end += line.size();
                number++;
                line.reset();
            }
        }
        return end;
    }
}
