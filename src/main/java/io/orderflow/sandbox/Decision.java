package io.orderflow.sandbox;

/** What the bank says to an operation, and why when it says no. */
record Decision(Fact fact, String code) {

    static Decision of(Fact fact) {
        return new Decision(fact, null);
    }

    static Decision declined(String code) {
        return new Decision(Fact.DECLINED, code);
    }

    static Decision refused(String code) {
        return new Decision(Fact.REFUSED, code);
    }
}
