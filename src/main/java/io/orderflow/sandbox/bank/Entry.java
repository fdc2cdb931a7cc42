package io.orderflow.sandbox.bank;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger: a fact of one operation, with enough of its request to recognize a repeat.
 *
 * @param captureBefore when an authorization expires
 * @param due           when an open operation settles by itself
 */
@JsonIgnoreProperties(value = "status", allowGetters = true)
public record Entry(Instant at, Fact fact, Kind kind, String operationId, String authorizationId,
                    @Nullable String merchantReference, @Nullable String method, @Nullable Amount amount,
                    @Nullable String code, @Nullable Instant captureBefore, @Nullable Instant due) {

    @JsonGetter("status")
    public Fact.Status status() {
        return fact.status();
    }

    boolean isOpen() {
        return fact.isOpen();
    }

    /** The second line of an operation whose first line left it open. */
    Entry settled(Instant now, Decision decision, @Nullable Instant newCaptureBefore) {
        return new Entry(now, decision.fact(), kind, operationId, authorizationId, merchantReference, method, amount,
                decision.code(), newCaptureBefore, null);
    }

    public boolean answers(Request request) {
        return request.equals(switch (kind) {
            case AUTHORIZATION -> Request.authorize(amount, method, merchantReference);
            case CAPTURE, REFUND -> Request.on(authorizationId, kind, amount);
            // The amount of a void is what it released; its request had none.
            case VOID -> Request.on(authorizationId, kind, null);
        });
    }
}
