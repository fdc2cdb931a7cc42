package io.orderflow.payment.gateway.http;

import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of an operation, in an answer or in the ledger; any member may be missing.
 *
 * @param at in the ledger only
 */
record HttpOperation(@Nullable String operationId, @Nullable String authorizationId, @Nullable String kind,
        @Nullable String status, @Nullable String code, @Nullable Money amount, @Nullable Instant captureBefore,
        @Nullable NextAction nextAction, @Nullable Instant at) {

    /** @throws IllegalArgumentException when money moved and the amount is missing */
    GatewayEntry entry() {
        if (amount == null && !"failed".equals(status)) {
            throw new IllegalArgumentException("The gateway's ledger lacks the amount of " + operationId);
        }
        return new GatewayEntry(operationId, authorizationId,
                kind.equals("authorization") ? Kind.AUTHORIZE : Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                amount, OperationStatus.valueOf(status.toUpperCase(Locale.ROOT)), at);
    }

    /** @throws AnswerUnknownException when it is about another operation, or incomplete */
    GatewayOutcome outcome(GatewayOperation operation) {
        if (!isAbout(operation)) {
            throw new AnswerUnknownException("The gateway answered about %s %s %s instead of %s %s %s".formatted(kind,
                    operationId, amount, name(operation.kind()), operation.id(), operation.amount()));
        }
        if (!isComplete()) {
            throw new AnswerUnknownException("The gateway's answer is incomplete");
        }
        return switch (String.valueOf(status)) {
            case "succeeded" -> GatewayOutcome.succeeded(authorizationId, captureBefore);
            case "action_required" -> GatewayOutcome.actionRequired(authorizationId, nextAction);
            case "pending" -> GatewayOutcome.pending(authorizationId);
            case "declined" -> GatewayOutcome.declined(code);
            case "failed" -> GatewayOutcome.failed(code, "The gateway refused: " + code);
            default -> throw new AnswerUnknownException("The gateway's answer has the status " + status);
        };
    }

    /** A refused void has no amount, and a refused authorization no id of the gateway: nothing has moved. */
    private boolean isAbout(GatewayOperation operation) {
        boolean refusedVoid = amount == null && "failed".equals(status) && operation.kind() == Kind.VOID;
        boolean sameAuthorization = operation.authorizationId() == null
                || operation.authorizationId().equals(authorizationId)
                || operation.kind() == Kind.AUTHORIZE && authorizationId == null;
        return operation.id().equals(operationId) && name(operation.kind()).equals(kind) && sameAuthorization
                && (refusedVoid || operation.amount().equals(amount));
    }

    private boolean isComplete() {
        return switch (String.valueOf(status)) {
            case "succeeded", "pending" -> authorizationId != null;
            case "action_required" -> authorizationId != null && nextAction != null && nextAction.type() != null;
            case "declined", "failed" -> code != null && !code.isBlank();
            default -> true;
        };
    }

    private static String name(Kind kind) {
        return kind == Kind.AUTHORIZE ? "authorization" : kind.name().toLowerCase(Locale.ROOT);
    }
}
