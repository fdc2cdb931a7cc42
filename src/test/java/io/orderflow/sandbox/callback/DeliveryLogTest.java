package io.orderflow.sandbox.callback;

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
        var log = open(NOON);
        log.add(callback("old", NOON.minusMillis(1)));
        log.add(callback("young", NOON.plusMillis(1)));

        var reopened = open(NOON);

        assertThat(reopened.contains(callback("young", NOON.plusMillis(1)))).isTrue();
        assertThat(reopened.contains(callback("old", NOON.minusMillis(1)))).isFalse();
        assertThat(reopened.contains(callback("other", NOON.plusMillis(1)))).isFalse();
    }

    @Test
    void tolerates_a_line_that_a_crash_tore() throws Exception {
        var file = directory.resolve("ledger.jsonl.delivered");
        Files.writeString(file, "17698");
        var log = open(NOON);
        log.add(callback("next", NOON));
        log.add(callback("last", NOON));
        Files.writeString(file, "17698", StandardOpenOption.APPEND);

        assertThat(open(NOON).contains(callback("last", NOON))).isTrue();
    }

    private DeliveryLog open(Instant since) throws Exception {
        return new DeliveryLog(directory.resolve("ledger.jsonl"), since);
    }

    private static Callback callback(String id, Instant createdAt) {
        return new Callback(id, "operation.succeeded", "charge", "auth_1", "order-1", createdAt);
    }
}
