package io.orderflow.sandbox.bank;

import org.jspecify.annotations.Nullable;

/** The outcome of an operation, with an error code unless it succeeded. */
public record Decision(Fact fact, @Nullable String code) {

    public static Decision of(Fact fact) {
        return new Decision(fact, null);
    }

    public static Decision declined(String code) {
        return new Decision(Fact.DECLINED, code);
    }

    static Decision refused(String code) {
        return new Decision(Fact.REFUSED, code);
    }
}
