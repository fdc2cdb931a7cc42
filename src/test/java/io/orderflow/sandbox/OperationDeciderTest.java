package io.orderflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OperationDeciderTest {

    private static final Decision APPROVED = Decision.of(Fact.AUTHORIZED);

    /** Also when nobody has come to settle it yet. */
    @Test
    void does_not_hear_a_customer_who_comes_too_late() {
        assertThat(answered(Duration.ZERO).code()).isEqualTo("authentication_expired");
        assertThat(answered(Duration.ofMinutes(5)).fact()).isEqualTo(Fact.AUTHORIZED);
    }

    private static Entry answered(Duration challenge) {
        var books = new LedgerState();
        var judge = new OperationDecider(books, new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, challenge,
                Duration.ofDays(7), Duration.ZERO));
        var challenged = judge.decide("charge", Request.authorize(new Amount("EUR", 1299), "tok_3ds", "order-1"));
        books.enter(Recorded.replayed(challenged));
        return judge.answered(challenged, APPROVED);
    }
}
