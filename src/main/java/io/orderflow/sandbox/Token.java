package io.orderflow.sandbox;

import java.util.Arrays;

/** A magic payment method: it chooses how an authorization goes. */
enum Token {

    OK("tok_ok", Script.APPROVE),
    DECLINED("tok_declined", Script.decline("card_declined")),
    INSUFFICIENT("tok_insufficient", Script.decline("insufficient_funds")),
    SLOW("tok_slow", Script.APPROVE.answering(Fault.SLOW)),
    TIMEOUT_AFTER_CHARGE("tok_timeout_after_charge", Script.APPROVE.answering(Fault.SILENCE)),
    TIMEOUT_BEFORE_CHARGE("tok_timeout_before_charge", Script.APPROVE.failingFirst(Fault.SILENCE)),
    FLAKY("tok_flaky", Script.APPROVE.failingFirst(Fault.SERVER_ERROR));

    private static final Script UNKNOWN = Script.decline("unknown_payment_method");

    private final String method;
    private final Script script;

    Token(String method, Script script) {
        this.method = method;
        this.script = script;
    }

    /** Tokens steer authorizations only; whatever follows one goes by the book. */
    static Script scriptOf(Request request) {
        if (request.kind() != Kind.AUTHORIZATION) {
            return Script.APPROVE;
        }
        return Arrays.stream(values())
                .filter(token -> token.method.equals(request.method()))
                .map(token -> token.script)
                .findFirst().orElse(UNKNOWN);
    }
}
