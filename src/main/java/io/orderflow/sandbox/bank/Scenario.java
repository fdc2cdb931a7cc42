package io.orderflow.sandbox.bank;

import static java.util.Map.entry;

import io.orderflow.sandbox.fault.Fault;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How operations turn out; selected by the payment method, which is a magic token.
 *
 * @param firstTry      fault in place of the first try
 * @param answer        fault in the delivery of the answer
 * @param authorization decision on the authorization
 * @param later         decision once an open authorization is due
 * @param laterRefund   decision once a refund is due; without one, refunds are decided at once
 * @param expiresSoon   whether the authorization can be captured for seconds instead of days
 */
public record Scenario(Fault firstTry, Fault answer, Decision authorization, @Nullable Decision later,
                       @Nullable Decision laterRefund, boolean expiresSoon) {

    /** Everything succeeds at once. */
    public static final Scenario APPROVED = answering(Fault.NONE, Fault.NONE);

    private static final Decision AUTHORIZED = Decision.of(Fact.AUTHORIZED);
    private static final Map<String, Scenario> TOKENS = Map.ofEntries(
            entry("tok_ok", APPROVED),
            entry("tok_declined", deciding(Decision.declined("card_declined"), null)),
            entry("tok_insufficient", deciding(Decision.declined("insufficient_funds"), null)),
            entry("tok_slow", answering(Fault.NONE, Fault.SLOW)),
            entry("tok_timeout_after_charge", answering(Fault.NONE, Fault.SILENCE)),
            entry("tok_timeout_before_charge", answering(Fault.SILENCE, Fault.NONE)),
            entry("tok_flaky", answering(Fault.SERVER_ERROR, Fault.NONE)),
            entry("tok_3ds", deciding(Decision.of(Fact.CHALLENGED), Decision.declined("authentication_expired"))),
            entry("tok_pending", deciding(Decision.of(Fact.PENDING), AUTHORIZED)),
            entry("tok_pending_declined", deciding(Decision.of(Fact.PENDING), Decision.declined("card_declined"))),
            entry("tok_refund_fails", refunding(Decision.refused("refund_failed"))),
            entry("tok_refund_pending", refunding(Decision.of(Fact.REFUNDED))),
            entry("tok_expires", new Scenario(Fault.NONE, Fault.NONE, AUTHORIZED, null, null, true)));
    private static final Scenario UNKNOWN_TOKEN = deciding(Decision.declined("unknown_payment_method"), null);

    public static Scenario of(String method) {
        return TOKENS.getOrDefault(method, UNKNOWN_TOKEN);
    }

    private static Scenario answering(Fault firstTry, Fault answer) {
        return new Scenario(firstTry, answer, Decision.of(Fact.AUTHORIZED), null, null, false);
    }

    private static Scenario deciding(Decision authorization, @Nullable Decision later) {
        return new Scenario(Fault.NONE, Fault.NONE, authorization, later, null, false);
    }

    private static Scenario refunding(Decision later) {
        return new Scenario(Fault.NONE, Fault.NONE, Decision.of(Fact.AUTHORIZED), null, later, false);
    }

    boolean isChallenging() {
        return authorization.fact() == Fact.CHALLENGED;
    }
}
