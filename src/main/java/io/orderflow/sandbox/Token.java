package io.orderflow.sandbox;

import java.util.Arrays;

/** A magic payment method: it chooses how an authorization, and what follows it, goes. */
enum Token {

    OK("tok_ok", Script.APPROVE),
    DECLINED("tok_declined", Script.decline("card_declined")),
    INSUFFICIENT("tok_insufficient", Script.decline("insufficient_funds")),
    SLOW("tok_slow", Script.APPROVE.answering(Fault.SLOW)),
    TIMEOUT_AFTER_CHARGE("tok_timeout_after_charge", Script.APPROVE.answering(Fault.SILENCE)),
    TIMEOUT_BEFORE_CHARGE("tok_timeout_before_charge", Script.APPROVE.failingFirst(Fault.SILENCE)),
    FLAKY("tok_flaky", Script.APPROVE.failingFirst(Fault.SERVER_ERROR)),
    THREE_D_SECURE("tok_3ds", Script.challenge()),
    PENDING("tok_pending", Script.pendingUntil(Decision.of(Fact.AUTHORIZED))),
    PENDING_DECLINED("tok_pending_declined", Script.pendingUntil(Decision.declined("card_declined"))),
    REFUND_FAILS("tok_refund_fails", Script.APPROVE.refundingLater(Decision.refused("refund_failed"))),
    REFUND_PENDING("tok_refund_pending", Script.APPROVE.refundingLater(Decision.of(Fact.REFUNDED))),
    EXPIRES("tok_expires", Script.APPROVE.expiringSoon());

    private static final Script UNKNOWN = Script.decline("unknown_payment_method");

    private final String method;
    private final Script script;

    Token(String method, Script script) {
        this.method = method;
        this.script = script;
    }

    static Script scriptOf(String method) {
        return Arrays.stream(values())
                .filter(token -> token.method.equals(method))
                .map(token -> token.script)
                .findFirst().orElse(UNKNOWN);
    }
}
