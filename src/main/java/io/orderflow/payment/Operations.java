package io.orderflow.payment;

import static io.orderflow.payment.query.PaymentView.OperationStatus.FAILED;
import static io.orderflow.payment.query.PaymentView.OperationStatus.REQUESTED;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations of one payment at the gateway, the authorization first, and the payment's status by them. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class Operations {

    private final Map<String, Operation> byId = new LinkedHashMap<>();

    /**
     * One operation, stored under its id.
     *
     * @param subject the shipment of a capture, the refund of a refund; null for a reversal and an authorization
     */
    record Operation(Kind kind, OperationStatus status, Money amount, @Nullable String subject) {

        /** Whether its outcome is not known. */
        boolean isOpen() {
            return !status.isFinal();
        }

        boolean isAbout(Kind otherKind, @Nullable String otherSubject) {
            return kind == otherKind && Objects.equals(subject, otherSubject);
        }

        /** All reversals have one purpose, whether they are a void or a refund. */
        private boolean replaces(Operation earlier) {
            return isReversal() ? earlier.isReversal() : isAbout(earlier.kind, earlier.subject);
        }

        /** A reversal undoes the payment and has no subject; a refund has one. */
        boolean isReversal() {
            return kind == Kind.VOID || kind == Kind.REFUND && subject == null;
        }

        private Operation as(OperationStatus next) {
            return new Operation(kind, next, amount, subject);
        }
    }

    void start(String id, Kind kind, Money amount, @Nullable String subject) {
        byId.put(id, new Operation(kind, REQUESTED, amount, subject));
    }

    void mark(String id, OperationStatus status) {
        byId.computeIfPresent(id, (same, operation) -> operation.as(status));
    }

    /** An open authorization of a reversed payment will not succeed any more. */
    void closeAuthorization() {
        if (authorization().isOpen()) {
            mark(byId.keySet().iterator().next(), OperationStatus.DECLINED);
        }
    }

    boolean contains(String id) {
        return byId.containsKey(id);
    }

    Operation get(String id) {
        var operation = byId.get(id);
        if (operation == null) {
            throw new IllegalStateException("There is no operation " + id);
        }
        return operation;
    }

    String last() {
        return byId.keySet().stream().reduce((earlier, later) -> later).orElseThrow();
    }

    boolean areOpen() {
        return byId.values().stream().anyMatch(Operation::isOpen);
    }

    /** Whether it failed and no later operation has replaced it, so that staff has to act. */
    boolean isOpenFailure(String id) {
        var operation = get(id);
        return operation.status() == FAILED && byId.values().stream().filter(each -> each.replaces(operation))
                .reduce((earlier, later) -> later).filter(last -> last == operation).isPresent();
    }

    boolean areAuthorized() {
        return authorization().status().isDone();
    }

    /** Whether only the customer's action is missing, so that the payment can be reversed at once. */
    boolean awaitCustomer() {
        return authorization().status() == OperationStatus.ACTION_REQUIRED
                && byId.values().stream().skip(1).noneMatch(Operation::isOpen);
    }

    /** How many operations there were for this purpose, whatever their outcome. */
    long count(Kind kind, @Nullable String subject) {
        return about(kind, subject).count();
    }

    Money captured() {
        return sum(Kind.CAPTURE, operation -> operation.status().isDone());
    }

    Money refunded() {
        return sum(Kind.REFUND, operation -> operation.status().isDone());
    }

    /** What reversals have refunded or are refunding. */
    Money reversed() {
        return sum(Kind.REFUND, operation -> operation.isReversal() && operation.status() != FAILED);
    }

    /** The amount of captures that are open, or failed and not settled. */
    Money capturing() {
        return byId.entrySet().stream().filter(entry -> entry.getValue().kind() == Kind.CAPTURE)
                .filter(entry -> entry.getValue().isOpen() || isOpenFailure(entry.getKey()))
                .map(entry -> entry.getValue().amount()).reduce(nothing(), Money::plus);
    }

    /** What is authorized and neither captured nor being captured. */
    Money capturable() {
        return areAuthorized() && !areVoided()
                ? authorization().amount().minus(sum(Kind.CAPTURE, operation -> operation.status() != FAILED))
                : nothing();
    }

    /** The status of the payment; open operations other than the authorization do not count. */
    PaymentStatus status() {
        return switch (authorization().status()) {
            case REQUESTED, PENDING -> PaymentStatus.REQUESTED;
            case ACTION_REQUIRED -> PaymentStatus.ACTION_REQUIRED;
            case UNKNOWN -> PaymentStatus.UNKNOWN;
            case DECLINED, FAILED -> areVoided() ? PaymentStatus.VOIDED : PaymentStatus.DECLINED;
            case SUCCEEDED, SETTLED_BY_HAND -> statusWith(captured(), refunded());
        };
    }

    /** The status of an authorized payment after these sums. */
    PaymentStatus statusWith(Money captured, Money refunded) {
        return status(authorization().amount(), captured, refunded, areVoided());
    }

    /** The status after what is not captured was voided. */
    PaymentStatus statusOnceVoided() {
        return status(authorization().amount(), captured(), refunded(), true);
    }

    /**
     * The status of an authorized payment by its sums: "captured" and "refunded" mean that nothing more is to come.
     *
     * @param voided whether what was not captured is voided
     */
    static PaymentStatus status(Money authorized, Money captured, Money refunded, boolean voided) {
        boolean isAllTaken = voided || captured.equals(authorized);
        if (!refunded.isZero()) {
            return isAllTaken && refunded.equals(captured) ? PaymentStatus.REFUNDED : PaymentStatus.PARTIALLY_REFUNDED;
        }
        if (!captured.isZero() || authorized.isZero()) {
            return isAllTaken ? PaymentStatus.CAPTURED : PaymentStatus.PARTIALLY_CAPTURED;
        }
        return voided ? PaymentStatus.VOIDED : PaymentStatus.AUTHORIZED;
    }

    private boolean areVoided() {
        return byId.values().stream()
                .anyMatch(operation -> operation.kind() == Kind.VOID && operation.status().isDone());
    }

    private Operation authorization() {
        return byId.values().iterator().next();
    }

    private Stream<Operation> about(Kind kind, @Nullable String subject) {
        return byId.values().stream().filter(operation -> operation.isAbout(kind, subject));
    }

    private Money sum(Kind kind, Predicate<Operation> which) {
        return byId.values().stream().filter(operation -> operation.kind() == kind).filter(which)
                .map(Operation::amount).reduce(nothing(), Money::plus);
    }

    private Money nothing() {
        return Money.zero(authorization().amount().currency());
    }
}
