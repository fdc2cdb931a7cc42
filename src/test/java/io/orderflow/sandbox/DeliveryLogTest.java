package io.orderflow.sandbox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryLogTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void remembers_only_what_could_still_be_delivered() throws Exception {
        try (var log = open(NOON)) {
            log.done(callback("old", NOON.minusMillis(1)));
            log.done(callback("young", NOON.plusMillis(1)));
        }

        try (var log = open(NOON)) {
            assertThat(log.knows(callback("young", NOON.plusMillis(1)))).isTrue();
            assertThat(log.knows(callback("old", NOON.minusMillis(1)))).isFalse();
            assertThat(log.knows(callback("other", NOON.plusMillis(1)))).isFalse();
        }
    }

    @Test
    void bears_a_line_that_a_crash_tore() throws Exception {
        var file = directory.resolve("ledger.jsonl.delivered");
        Files.writeString(file, "17698");
        try (var log = open(NOON)) {
            log.done(callback("next", NOON));
            log.done(callback("last", NOON));
        }
        Files.writeString(file, "17698", StandardOpenOption.APPEND);

        try (var log = open(NOON)) {
            assertThat(log.knows(callback("last", NOON))).isTrue();
        }
    }

    private DeliveryLog open(Instant since) throws Exception {
        return DeliveryLog.beside(directory.resolve("ledger.jsonl"), since);
    }

    private static Callback callback(String id, Instant createdAt) {
        return new Callback(id, "operation.succeeded", "charge", "auth_1", "order-1", createdAt);
    }
}
