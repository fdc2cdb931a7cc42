package io.orderflow.sandbox.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.platform.store.durability.SlowFiles;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LedgerTest {

    @TempDir
    Path directory;

    @AfterEach
    void makeRoom() {
        SlowFiles.setFull(false);
    }

    @Test
    void waits_while_the_disk_is_full_and_has_each_entry_whole_and_once_in_the_end() throws Exception {
        Path path = directory.resolve("ledger.jsonl");
        try (var ledger = new Ledger(slow(path), 0, entry -> { })) {
            ledger.append(entry("before")).get();

            SlowFiles.setFull(true);
            var first = ledger.append(entry("first"));
            var second = ledger.append(entry("second"));
            TimeUnit.MILLISECONDS.sleep(600);
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();

            SlowFiles.setFull(false);
            first.get();
            second.get();
        }
        var entries = new ArrayList<Entry>();
        Ledger.open(path, entries::add, entry -> { }).close();
        assertThat(entries).extracting(Entry::operationId).containsExactly("before", "first", "second");
    }

    @Test
    void closes_while_the_disk_is_full_and_fails_what_it_could_not_write() throws Exception {
        Path path = directory.resolve("ledger.jsonl");
        var ledger = new Ledger(slow(path), 0, entry -> { });
        SlowFiles.setFull(true);
        var unwritten = ledger.append(entry("unwritten"));

        ledger.close();

        assertThat(unwritten).isCompletedExceptionally();
        SlowFiles.setFull(false);
        var entries = new ArrayList<Entry>();
        Ledger.open(path, entries::add, entry -> { }).close();
        assertThat(entries).isEmpty();
    }

    private static FileChannel slow(Path path) throws Exception {
        Files.createFile(path);
        SlowFiles.register();
        return FilePath.get("slow:" + path).open("rw");
    }

    private static Entry entry(String operation) {
        return new Entry(Instant.parse("2026-12-01T12:00:00Z"), Fact.AUTHORIZED, Kind.AUTHORIZATION, operation, operation,
                "order", "tok_ok", new Amount("EUR", 100), null, null, null);
    }
}
