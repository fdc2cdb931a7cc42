package io.orderflow.sandbox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class BankTest {

    private static final Request REQUEST = Request.authorize(new Amount("EUR", 1299), "tok_ok", "order-1");

    @TempDir
    Path directory;

    /** Without HTTP in between the duplicates meet closely enough to find a race. */
    @Test
    void decides_a_key_once_however_many_ask_at_the_same_moment() throws Exception {
        var duplicates = 16;
        var rounds = 300;
        var moment = new CyclicBarrier(duplicates);
        var threads = Executors.newFixedThreadPool(duplicates);
        try (var bank = new Bank(directory.resolve("ledger.jsonl"))) {
            for (var round = 0; round < rounds; round++) {
                var key = "attempt-" + round;
                Callable<Bank.Performed> duplicate = () -> {
                    moment.await();
                    return bank.perform(key, REQUEST, Optional.empty());
                };
                var performed = threads.invokeAll(IntStream.range(0, duplicates).mapToObj(i -> duplicate).toList());

                var fresh = 0;
                var entries = new HashSet<Entry>();
                for (var future : performed) {
                    entries.add(future.get().entry());
                    fresh += future.get().fresh() ? 1 : 0;
                }
                assertThat(fresh).isEqualTo(1);
                assertThat(entries).hasSize(1);
            }
            assertThat(bank.entries()).hasSize(rounds);
        } finally {
            threads.shutdown();
        }
    }
}
