package io.orderflow.payment.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reconciliation of our ledger with the gateway's.
 *
 * @param id               {@code rec_…}
 * @param startedAt        UTC
 * @param finishedAt       UTC; null while it runs
 * @param since            operations requested earlier are left out, UTC
 * @param compared         entries read so far; at the end, operations of either side
 * @param inFlight         operations that are too recent or too open to be judged
 * @param differencesCount all of them, listed or not
 * @param differences      the first 200
 * @param failure          why it failed, for people
 */
@StoredAs("payment.ReconciliationView")
public record ReconciliationView(String id, String gateway, Status status, Instant startedAt,
        @Nullable Instant finishedAt, Instant since, long compared, long inFlight, long differencesCount,
        List<Difference> differences, @Nullable String failure) {

    public ReconciliationView {
        differences = List.copyOf(differences);
    }

    /** Progress of a reconciliation. */
    public enum Status {
        @JsonProperty("running") RUNNING,
        @JsonProperty("finished") FINISHED,
        /** It ended early and says nothing about the ledgers. */
        @JsonProperty("failed") FAILED
    }

    /** Kinds of differences. */
    public enum DifferenceKind {
        /** We have it as done or pending, and the gateway does not know it. */
        @JsonProperty("missing_at_gateway") MISSING_AT_GATEWAY,
        /** The gateway did it under an id that we do not have, or without one of ours. */
        @JsonProperty("unknown_here") UNKNOWN_HERE,
        @JsonProperty("amount_differs") AMOUNT_DIFFERS,
        @JsonProperty("currency_differs") CURRENCY_DIFFERS,
        @JsonProperty("kind_differs") KIND_DIFFERS,
        /** One side has it as succeeded, the other as refused or not final. */
        @JsonProperty("state_differs") STATE_DIFFERS,
        /** The gateway lists one id more than once as succeeded. */
        @JsonProperty("effect_twice") EFFECT_TWICE
    }

    /**
     * One difference, with what each side has.
     *
     * @param gatewayReference the gateway's id
     * @param ours             null when we do not have the operation
     * @param theirs           null when the gateway does not know the operation
     * @param text             the difference in a sentence
     */
    public record Difference(DifferenceKind kind, @Nullable String operationId, @Nullable PaymentId paymentId,
            @Nullable String gatewayReference, @Nullable Ours ours, @Nullable Theirs theirs, String text) {
    }

    /** The operation in our ledger. */
    public record Ours(Kind kind, OperationStatus status, Money amount) {
    }

    /**
     * The operation in the gateway's ledger.
     *
     * @param at of the last change there, UTC; null when the gateway does not say
     */
    public record Theirs(Kind kind, OperationStatus status, @Nullable Money amount, @Nullable Instant at) {
    }
}
