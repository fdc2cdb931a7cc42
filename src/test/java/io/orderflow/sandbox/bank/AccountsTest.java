package io.orderflow.sandbox.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AccountsTest {

    /** Also when the timer has not settled it yet. */
    @Test
    void ignore_the_answer_of_a_customer_after_the_challenge_is_due() {
        assertThat(answered(Duration.ZERO).code()).isEqualTo("authentication_expired");
        assertThat(answered(Duration.ofMinutes(5)).fact()).isEqualTo(Fact.AUTHORIZED);
    }

    private static Entry answered(Duration challenge) {
        var accounts = new Accounts(new Timing(Duration.ZERO, challenge, Duration.ofDays(7), Duration.ZERO));
        var challenged = accounts.decide("charge", Request.authorize(new Amount("EUR", 1299), "tok_3ds", "order-1"));
        accounts.enter(new Recorded(challenged, CompletableFuture.completedFuture(null)));
        return accounts.answered(challenged, Decision.of(Fact.AUTHORIZED));
    }
}
