package io.orderflow.sandbox.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BankTest {

    private static final Timing TIMING = new Timing(Duration.ofSeconds(10), Duration.ofMinutes(15), Duration.ofDays(7),
            Duration.ofSeconds(3));
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
        try (var bank = new Bank(directory.resolve("ledger.jsonl"), TIMING, fact -> { })) {
            for (var round = 0; round < rounds; round++) {
                var key = "attempt-" + round;
                Callable<Bank.Performed> duplicate = () -> {
                    moment.await();
                    return bank.perform(key, REQUEST);
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
            assertThat(bank.entries(null, null, Integer.MAX_VALUE)).hasSize(rounds);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void finishes_a_void_of_which_a_crash_kept_only_the_first_line() throws Exception {
        var file = directory.resolve("ledger.jsonl");
        try (var bank = new Bank(file, TIMING, fact -> { })) {
            var challenged = bank.perform("charge", Request.authorize(new Amount("EUR", 1299), "tok_3ds", "order-1"));
            bank.perform("void", Request.on(challenged.entry().authorizationId(), Kind.VOID, null));
        }
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        Files.write(file, lines.subList(0, 2));

        try (var bank = new Bank(file, TIMING, fact -> { })) {
            await().untilAsserted(() -> assertThat(bank.find("charge")).hasValueSatisfying(entry ->
                    assertThat(entry.code()).isEqualTo("cancelled")));
        }
    }

    @Test
    void announces_every_fact_and_after_a_restart_those_of_the_past_again() throws Exception {
        var file = directory.resolve("ledger.jsonl");
        var announced = new CopyOnWriteArrayList<Entry>();
        try (var bank = new Bank(file, TIMING, announced::add)) {
            var challenged = bank.perform("charge", Request.authorize(new Amount("EUR", 1299), "tok_3ds", "order-1"));
            bank.answerChallenge(challenged.entry().authorizationId(), Decision.of(Fact.AUTHORIZED));
        }
        assertThat(announced).extracting(Entry::fact).containsExactly(Fact.CHALLENGED, Fact.AUTHORIZED);

        var announcedAgain = new CopyOnWriteArrayList<Entry>();
        new Bank(file, TIMING, announcedAgain::add).close();

        assertThat(announcedAgain).isEqualTo(announced);
    }
}
