package io.orderflow.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KillPointTest {

    /** Byteman would only say so in the log, and nobody would ever be killed there. */
    @ParameterizedTest
    @EnumSource
    void is_a_place_that_exists(KillPoint point) throws ClassNotFoundException {
        String[] words = point.rule(1).split("\\s+");
        Class<?> type = Class.forName(words[3]);

        assertThat(Stream.of(type.getDeclaredMethods()).map(method -> method.getName())).contains(words[5]);
    }
}
