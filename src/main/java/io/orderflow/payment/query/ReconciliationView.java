package io.orderflow.payment.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;
import java.util.List;

/**
 * A comparison of our ledger with the gateway's, as far as it has come.
 *
 * @param id               {@code rec_…}
 * @param gateway          whose ledger it is compared with
 * @param startedAt        UTC
 * @param finishedAt       UTC; null while it runs
 * @param since            operations requested before then were left out, UTC
 * @param compared         operations of either side so far
 * @param inFlight         of these, how many are too fresh or too open to be judged
 * @param differencesCount all of them, also those that are not listed
 * @param differences      the first 200
 * @param failure          why it could not be finished, in words; null unless it failed
 */
@StoredAs("payment.ReconciliationView")
public record ReconciliationView(String id, String gateway, Status status, Instant startedAt, Instant finishedAt,
        Instant since, long compared, long inFlight, long differencesCount, List<Difference> differences,
        String failure) {

    public ReconciliationView {
        differences = List.copyOf(differences);
    }

    /** How far a comparison has come. */
    public enum Status {
        @JsonProperty("running") RUNNING,
        @JsonProperty("finished") FINISHED,
        /** It ended early and says nothing about the ledgers. */
        @JsonProperty("failed") FAILED
    }

    /** In what the ledgers differ. */
    public enum DifferenceKind {
        /** We count on it, and the gateway does not know it. */
        @JsonProperty("missing_at_gateway") MISSING_AT_GATEWAY,
        /** The gateway did it under an id that we do not have, or without one of ours. */
        @JsonProperty("unknown_here") UNKNOWN_HERE,
        @JsonProperty("amount_differs") AMOUNT_DIFFERS,
        @JsonProperty("currency_differs") CURRENCY_DIFFERS,
        @JsonProperty("kind_differs") KIND_DIFFERS,
        /** One side says that money was set aside or moved, the other that it was not, or not yet. */
        @JsonProperty("state_differs") STATE_DIFFERS,
        /** The gateway lists one id more than once with success. */
        @JsonProperty("effect_twice") EFFECT_TWICE
    }

    /**
     * One difference with what either side says.
     *
     * @param operationId      null when the gateway did it without an id of ours
     * @param paymentId        null when there is no such operation here
     * @param gatewayReference the gateway's own name for it; null when it does not know it
     * @param ours             null when there is no such operation here
     * @param theirs           null when the gateway does not know it
     * @param text             the difference in a sentence
     */
    public record Difference(DifferenceKind kind, String operationId, PaymentId paymentId, String gatewayReference,
            Ours ours, Theirs theirs, String text) {
    }

    /** An operation as we have it. */
    public record Ours(Kind kind, OperationStatus status, Money amount) {
    }

    /**
     * An operation as the gateway has it.
     *
     * @param at when it last changed there, UTC; null when the gateway does not say
     */
    public record Theirs(Kind kind, OperationStatus status, Money amount, Instant at) {
    }
}
