package io.orderflow.platform.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferencesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            wait=1                          | 1
            wait=30                         | 30
            wait="10"                       | 10
            Wait = 10                       | 10
            respond-async, wait=10          | 10
            respond-async,wait=10;strict    | 10
            wait=10, wait=20                | 10
            handling=lenient; strict,wait=5 | 5
            """)
    void waits_as_long_as_the_caller_prefers(String header, int seconds) {
        assertThat(WaitPreferences.limit(header)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=31", "wait=3600", "wait=999999999"})
    void waits_no_longer_than_it_can_promise(String header) {
        assertThat(WaitPreferences.limit(header)).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=0", "wait=-1", "wait=1.5", "wait=soon", "wait=10s", "await=10",
            "respond-async", "handling=lenient; wait=10", "wait=99999999999999999999"})
    void ignores_what_it_does_not_understand(String header) {
        assertThat(WaitPreferences.limit(header)).isZero();
    }
}
