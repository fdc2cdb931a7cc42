package io.orderflow.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

    private static final Instant NOW = Instant.parse("2126-12-01T12:00:00Z");

    @Test
    void are_26_characters_of_the_alphabet_after_their_prefix() {
        assertThat(Identities.next("ord_", NOW)).matches("ord_[0-9a-hjkmnp-tv-z]{26}");
    }

    @Test
    void grow_with_time_and_within_a_millisecond_and_when_the_clock_is_set_back() {
        List<String> identities = Stream.concat(IntStream.range(0, 100_000).mapToObj(n -> NOW.plusMillis(n / 1000)),
                Stream.of(NOW, NOW.minusSeconds(9))).map(now -> Identities.next("", now)).toList();

        assertThat(identities).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void are_the_same_for_what_is_due_at_one_instant() {
        assertThat(Identities.at("rec_", NOW)).isEqualTo(Identities.at("rec_", NOW))
                .isLessThan(Identities.at("rec_", NOW.plusMillis(1)));
    }
}
