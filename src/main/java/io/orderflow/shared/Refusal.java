package io.orderflow.shared;

import java.util.Map;

/** A request that breaks a rule: nothing was changed, and the message says what to do. */
public class Refusal extends RuntimeException {

    /** What kind of answer the caller needs. */
    public enum Kind {
        /** The request has not the form that it must have. */
        MALFORMED,
        /** The request can never be granted as it stands. */
        INVALID,
        /** What the request speaks of does not exist. */
        NOT_FOUND,
        /** The request does not fit the present state. */
        CONFLICT,
        /** The request was meant for a state that is past. */
        PRECONDITION_FAILED,
        /** The request has to say for which state it is meant. */
        PRECONDITION_REQUIRED,
        /** The caller takes more than one caller may have; the same request may be granted once it takes less. */
        EXCESSIVE,
        /** The request cannot be granted at the moment; the same one may be soon. */
        UNAVAILABLE
    }

    /** What travels to the caller, also from another process: a stable code, words for a person, and the figures behind them. */
    @StoredAs("shared.Refusal")
    public record Details(Kind kind, String code, String message, Map<String, Object> attributes) {
    }

    private final transient Details details;

    public Refusal(Kind kind, String code, String message) {
        this(kind, code, message, Map.of());
    }

    public Refusal(Kind kind, String code, String message, Map<String, Object> attributes) {
        this(new Details(kind, code, message, attributes));
    }

    public Refusal(Details details) {
        super(details.message());
        this.details = details;
    }

    public Details details() {
        return details;
    }

    /** A refusal is an answer, not a failure: nobody reads its stack. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
