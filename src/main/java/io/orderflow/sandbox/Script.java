package io.orderflow.sandbox;

/**
 * How the operations under one token go.
 *
 * @param firstTry        a fault instead of the first try
 * @param answer          a fault on the way back
 * @param authorization   the verdict at once
 * @param later           the verdict when that one was not the last and nothing else happened in time, else null
 * @param refundLater     the verdict on a refund that takes its time, null when refunds are decided at once
 * @param shortLived      whether the authorization holds for seconds instead of days
 */
record Script(Fault firstTry, Fault answer, Decision authorization, Decision later, Decision refundLater,
              boolean shortLived) {

    static final Script APPROVE = open(Decision.of(Fact.AUTHORIZED), null);

    static Script decline(String code) {
        return open(Decision.declined(code), null);
    }

    static Script challenge() {
        return open(Decision.of(Fact.CHALLENGED), Decision.declined("authentication_expired"));
    }

    static Script pendingUntil(Decision later) {
        return open(Decision.of(Fact.PENDING), later);
    }

    private static Script open(Decision authorization, Decision later) {
        return new Script(Fault.NONE, Fault.NONE, authorization, later, null, false);
    }

    Script answering(Fault fault) {
        return new Script(firstTry, fault, authorization, later, refundLater, shortLived);
    }

    Script failingFirst(Fault fault) {
        return new Script(fault, answer, authorization, later, refundLater, shortLived);
    }

    Script refundingLater(Decision verdict) {
        return new Script(firstTry, answer, authorization, later, verdict, shortLived);
    }

    Script expiringSoon() {
        return new Script(firstTry, answer, authorization, later, refundLater, true);
    }

    boolean challenges() {
        return authorization.fact() == Fact.CHALLENGED;
    }
}
