package io.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 20010db800010002",
        "2001:0db8:0001:0002:0:0:0:1, 20010db800010002",
        "2001:db8::1, 20010db800000000",
        "2001:db8:1:2::, 20010db800010002",
        "::1, 0000000000000000",
        "fe80:0:0:0:1:2:3:4%eth0, fe80000000000000",
        "::ffff:192.0.2.7, ::ffff:192.0.2.7",
        "2001:db8::1::2, 2001:db8::1::2",
        "forwarded.example:80, forwarded.example:80",
        "system, system"})
    void are_counted_by_address_or_by_the_network_of_one_owner_of_addresses(String address, String network) {
        assertThat(PasswordGuesses.network(address)).isEqualTo(network);
    }

    private void wrong(String network, String name, String password) {
        try {
            guesses.count(network, name, name + ':' + password);
            compared++;
        } catch (PasswordGuesses.TooMany refused) {
            return;
        }
    }

    private boolean right(String network, String name) {
        try {
            guesses.count(network, name, name + ":right");
            guesses.forget(network, name);
            return true;
        } catch (PasswordGuesses.TooMany refused) {
            return false;
        }
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
