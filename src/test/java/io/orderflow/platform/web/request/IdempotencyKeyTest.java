package io.orderflow.platform.web.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.shared.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            8e03978e-40d5           | 8e03978e-40d5
            "8e03978e-40d5"         | 8e03978e-40d5
            "with \\"quotes\\""     | with "quotes"
            "unfinished             | "unfinished
            """)
    void is_a_string_in_quotes_or_the_same_without(String header, String key) {
        assertThat(IdempotencyKey.of(List.of(header))).isEqualTo(key);
    }

    @Test
    void has_at_most_255_characters() {
        assertThat(IdempotencyKey.of(List.of("x".repeat(255)))).hasSize(255);
        assertThat(IdempotencyKey.of(List.of('"' + "x".repeat(255) + '"'))).hasSize(255);
        refused("x".repeat(256), "invalid_idempotency_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "schlüssel", "a\tb"})
    void is_printable(String header) {
        refused(header, "invalid_idempotency_key");
    }

    @Test
    void is_not_left_out() {
        assertThatThrownBy(() -> IdempotencyKey.of(List.of())).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.details().code()).isEqualTo("idempotency_key_required"));
        refused("  ", "idempotency_key_required");
    }

    private static void refused(String header, String code) {
        assertThatThrownBy(() -> IdempotencyKey.of(List.of(header))).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.details().code()).isEqualTo(code));
    }
}
