package io.orderflow.sandbox;

/** What the bank says to an operation, and why when it says no. */
record Verdict(Fact fact, String code) {

    static Verdict of(Fact fact) {
        return new Verdict(fact, null);
    }

    static Verdict declined(String code) {
        return new Verdict(Fact.DECLINED, code);
    }

    static Verdict refused(String code) {
        return new Verdict(Fact.REFUSED, code);
    }
}
