package io.orderflow.shared;

import java.util.Map;

/** Refuses a request that breaks a rule, without any effect; the message says what to do. */
public class Refusal extends RuntimeException {

    /** Kinds of refusals, by the status of the answer. */
    public enum Kind {
        /** The request has the wrong format. */
        MALFORMED,
        /** The request can never succeed as it is. */
        INVALID,
        /** The resource does not exist. */
        NOT_FOUND,
        /** The present state does not allow the request. */
        CONFLICT,
        /** The resource is not at the expected version. */
        PRECONDITION_FAILED,
        /** The request must name the version that it expects. */
        PRECONDITION_REQUIRED,
        /** The caller has reached its limit; the same request may succeed once it uses less. */
        EXCESSIVE,
        /** Temporarily unavailable; the same request may succeed soon. */
        UNAVAILABLE
    }

    /** The serializable part: a stable code, a text for people, and machine-readable attributes. */
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

    /** An answer, not a failure: needs no stack trace. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
