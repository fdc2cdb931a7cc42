package io.orderflow.sandbox.callback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * The callbacks that need no further attempt: a file beside the ledger with one line each, time and id.
 *
 * <p>It is not flushed to disk. A crash causes repeats, which receivers have to tolerate anyway.
 */
final class DeliveryLog {

    private final Path file;
    private final Set<String> past = new HashSet<>();

    /** @param since loads the callbacks of facts from then on */
    DeliveryLog(Path ledgerFile, Instant since) throws IOException {
        file = Path.of(ledgerFile + ".delivered");
        if (Files.exists(file)) {
            try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                // Milliseconds sort as text; a torn line matches no callback.
                lines.filter(line -> line.compareTo(String.valueOf(since.toEpochMilli())) >= 0)
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1)).forEach(past::add);
            }
        }
    }

    /** Whether it was done when this process started. */
    boolean contains(Callback callback) {
        return past.contains(callback.id());
    }

    synchronized void add(Callback callback) {
        try {
            Files.writeString(file, callback.createdAt().toEpochMilli() + " " + callback.id() + "\n",
                    StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.getLogger(DeliveryLog.class.getName()).log(System.Logger.Level.WARNING,
                    "The callback {0} may be repeated after a restart: {1}", callback.id(), e.getMessage());
        }
    }
}
