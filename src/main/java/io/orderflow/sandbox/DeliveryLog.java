package io.orderflow.sandbox;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Which callbacks need no further try: a file beside the ledger, one a line, time and id.
 *
 * <p>It is not flushed to the disk. What a crash takes from it is delivered again, which receivers have to bear anyway.
 */
final class DeliveryLog implements AutoCloseable {

    private final Set<String> past;
    private final OutputStream file;

    private DeliveryLog(Set<String> past, OutputStream file) {
        this.past = past;
        this.file = file;
    }

    /** Opens the log, and remembers of it what concerns facts since then. */
    static DeliveryLog beside(Path ledgerFile, Instant since) throws IOException {
        var path = Path.of(ledgerFile + ".delivered");
        Files.createDirectories(path.toAbsolutePath().getParent());
        var past = new HashSet<String>();
        if (Files.exists(path)) {
            try (var lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
                // Milliseconds sort as text; what a crash tore into nonsense is as good as absent.
                lines.filter(line -> line.compareTo(String.valueOf(since.toEpochMilli())) >= 0)
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1)).forEach(past::add);
            }
        }
        // A channel would be closed by the interrupt of whoever is writing.
        return new DeliveryLog(past, new FileOutputStream(path.toFile(), true));
    }

    /** Whether it was done with when this process began. */
    boolean knows(Callback callback) {
        return past.contains(callback.id());
    }

    synchronized void done(Callback callback) {
        try {
            var line = callback.createdAt().toEpochMilli() + " " + callback.id() + "\n";
            file.write(line.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
