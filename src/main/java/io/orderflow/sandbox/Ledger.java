package io.orderflow.sandbox;

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An append-only file of entries, one JSON line each; whoever waits at the same time shares one flush to the disk. While
 * the disk takes nothing they wait on.
 */
final class Ledger implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
    private static final long PAUSE_MILLIS = 250;
    private static final Pending END = new Pending(new byte[0], new CompletableFuture<>());

    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final FileChannel file;
    // Nobody may interrupt this thread: an interrupt would close the channel under it.
    private final Thread flusher = new Thread(this::flush, "sandbox-ledger");
    private boolean closed;
    /** In bytes; what is behind it was never told. Used by the flusher only. */
    private long end;

    /** @param end where entries are added */
    Ledger(FileChannel file, long end) {
        this.file = file;
        this.end = end;
        flusher.setDaemon(true);
        flusher.start();
    }

    static Ledger open(Path path, Consumer<Entry> replay) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            requireSoleOwner(file);
            var end = replay(file, replay);
            // A crash can tear only the last line, and nobody was told of it.
            file.truncate(end);
            file.force(true);
            return new Ledger(file, end);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Entries reach the file in the order of these calls; the future completes when the entry is on disk. */
    synchronized CompletableFuture<Void> append(Entry entry) {
        if (closed) {
            throw new IllegalStateException("The ledger is closed");
        }
        var pending = new Pending(Json.line(entry), new CompletableFuture<>());
        queue.add(pending);
        return pending.durable();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                queue.add(END);
            }
        }
        try {
            flusher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        var batch = new ArrayList<Pending>();
        try (file) {
            while (!batch.contains(END)) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch);
                write(batch);
                batch.forEach(pending -> pending.durable().complete(null));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR,
                    "The sandbox ledger cannot be written; nothing more is answered until a restart", e);
            giveUp(batch, e);
        }
    }

    /** Again from the first byte when it fails: after an fsync that failed nobody knows what of it is there. */
    private void write(List<Pending> batch) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        batch.forEach(pending -> bytes.writeBytes(pending.line()));
        boolean failed = false;
        while (!isWritten(bytes.toByteArray(), failed)) {
            failed = true;
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        if (failed) {
            LOG.log(System.Logger.Level.INFO, "The sandbox ledger is written again");
        }
        end += bytes.size();
    }

    private boolean isWritten(byte[] bytes, boolean again) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer, end + buffer.position());
            }
            file.force(false);
            return true;
        } catch (IOException e) {
            if (!file.isOpen() || isClosed()) {
                throw e;
            }
            if (!again) {
                LOG.log(System.Logger.Level.WARNING,
                        "The sandbox ledger cannot be written; the gateway does not answer until it can: " + e.getMessage());
            }
            return false;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void giveUp(List<Pending> batch, Exception cause) {
        synchronized (this) {
            closed = true;
            queue.drainTo(batch);
        }
        batch.forEach(pending -> pending.durable().completeExceptionally(cause));
    }

    private static void requireSoleOwner(FileChannel file) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer.
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

    private record Pending(byte[] line, CompletableFuture<Void> durable) { }
}
