package io.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;

class PasswordGuessesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final PasswordGuesses guesses = new PasswordGuesses(nanos::get);
    private int compared;

    @Test
    void under_one_name_are_few_and_others_come_in_from_the_same_network() {
        for (int guess = 0; guess < 200; guess++) {
            wrong("net", "ada", "guess" + guess);
        }

        assertThat(compared).isEqualTo(PasswordGuesses.TRIES_OF_A_NAME);
        assertThat(right("net", "bob")).isTrue();
        assertThat(right("elsewhere", "ada")).isTrue();
    }

    @Test
    void under_many_names_are_few_too() {
        for (int guess = 0; guess < 500; guess++) {
            wrong("net", "name" + guess, "guess" + guess);
        }

        assertThat(compared).isEqualTo(PasswordGuesses.TRIES_OF_A_NETWORK);
    }

    @Test
    void do_not_keep_out_who_sends_the_right_one_again_as_told() {
        for (int guess = 0; guess < 200; guess++) {
            wrong("net", guess % 2 == 0 ? "ada" : "name" + guess, "guess" + guess);
        }

        assertThat(right("net", "ada")).isFalse();
        assertThat(right("net", "ada")).as("too early").isFalse();
        later(PasswordGuesses.PAUSE);
        wrong("net", "ada", "another guess");
        assertThat(right("net", "ada")).isTrue();
    }

    @Test
    void that_are_said_twice_are_few_as_well() {
        for (int round = 0; round < 2; round++) {
            for (int guess = 0; guess < 200; guess++) {
                wrong("net", "ada", "guess" + guess);
            }
            later(PasswordGuesses.PAUSE);
        }

        assertThat(compared).isEqualTo(PasswordGuesses.TRIES_OF_A_NAME + PasswordGuesses.REPEATED_TRIES);
    }

    @Test
    void are_forgotten_after_a_minute() {
        for (int guess = 0; guess < 20; guess++) {
            wrong("net", "ada", "guess" + guess);
        }
        later(Duration.ofSeconds(61));

        assertThat(right("net", "ada")).isTrue();
    }

    @Test
    void do_not_count_when_they_are_right() {
        for (int user = 0; user < 200; user++) {
            assertThat(right("net", "user" + user)).isTrue();
        }
    }

    @Test
    void are_never_compared_on_all_processors_at_once() throws Exception {
        int strangers = 40;
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(strangers);
        var threads = Executors.newFixedThreadPool(strangers);
        for (int stranger = 0; stranger < strangers; stranger++) {
            String network = "net" + stranger;
            threads.execute(() -> {
                try {
                    guesses.compare(network, "ada", network, () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        pause();
                        running.decrementAndGet();
                        throw new BadCredentialsException("wrong");
                    });
                } catch (BadCredentialsException | PasswordGuesses.TooMany refused) {
                    done.countDown();
                }
            });
        }

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(most.get()).isPositive()
                .isLessThanOrEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    private void wrong(String network, String name, String password) {
        assertThatThrownBy(() -> guesses.compare(network, name, name + ':' + password, () -> {
            compared++;
            throw new BadCredentialsException("wrong");
        })).isInstanceOfAny(BadCredentialsException.class, PasswordGuesses.TooMany.class);
    }

    private boolean right(String network, String name) {
        try {
            return guesses.compare(network, name, name + ":right", () -> true);
        } catch (PasswordGuesses.TooMany refused) {
            return false;
        }
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
