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

/** Every operation of one payment at the gateway, the authorization first, and what the money's standing is by them. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class Operations {

    private final Map<String, Operation> byId = new LinkedHashMap<>();

    /**
     * One operation; its id is the key it is kept under.
     *
     * @param subject the shipment of a capture, the refund of a refund; null for a reversal and an authorization
     */
    record Operation(Kind kind, OperationStatus status, Money amount, String subject) {

        /** Whether what became of it is still to be learned. */
        boolean awaitsTruth() {
            return !status.isFinal();
        }

        boolean isAbout(Kind otherKind, String otherSubject) {
            return kind == otherKind && Objects.equals(subject, otherSubject);
        }

        /** All reversals are for one thing, by whatever way: that nothing of the payment stays out. */
        private boolean takesThePlaceOf(Operation earlier) {
            return isReversal() ? earlier.isReversal() : isAbout(earlier.kind, earlier.subject);
        }

        /** A refund gives back what a customer has paid; a reversal, without a subject, undoes the payment. */
        boolean isReversal() {
            return kind == Kind.VOID || kind == Kind.REFUND && subject == null;
        }

        private Operation as(OperationStatus next) {
            return new Operation(kind, next, amount, subject);
        }
    }

    void start(String id, Kind kind, Money amount, String subject) {
        byId.put(id, new Operation(kind, REQUESTED, amount, subject));
    }

    void mark(String id, OperationStatus status) {
        byId.computeIfPresent(id, (same, operation) -> operation.as(status));
    }

    /** Once the payment is reversed nothing comes of an authorization that is still open. */
    void closeAuthorization() {
        if (authorization().awaitsTruth()) {
            mark(byId.keySet().iterator().next(), OperationStatus.DECLINED);
        }
    }

    boolean know(String id) {
        return byId.containsKey(id);
    }

    Operation get(String id) {
        var operation = byId.get(id);
        if (operation == null) {
            throw new IllegalStateException("There is no operation " + id);
        }
        return operation;
    }

    /** The one that was begun last. */
    String last() {
        return byId.keySet().stream().reduce((earlier, later) -> later).orElseThrow();
    }

    boolean awaitTruth() {
        return byId.values().stream().anyMatch(Operation::awaitsTruth);
    }

    /** Whether it failed and no later operation has taken its place, so that it is for staff to act on it. */
    boolean isOpenFailure(String id) {
        var operation = get(id);
        return operation.status() == FAILED && byId.values().stream().filter(each -> each.takesThePlaceOf(operation))
                .reduce((earlier, later) -> later).filter(last -> last == operation).isPresent();
    }

    boolean areAuthorized() {
        return authorization().status().isDone();
    }

    /** Whether the customer's answer is all that is missing, so that it need not be waited for. */
    boolean areHeldUpByCustomer() {
        return authorization().status() == OperationStatus.ACTION_REQUIRED
                && byId.values().stream().skip(1).noneMatch(Operation::awaitsTruth);
    }

    /** How many operations there have been about this, whatever became of them. */
    long count(Kind kind, String subject) {
        return about(kind, subject).count();
    }

    /** What has been taken. */
    Money captured() {
        return sum(Kind.CAPTURE, operation -> operation.status().isDone());
    }

    /** What has been paid back. */
    Money refunded() {
        return sum(Kind.REFUND, operation -> operation.status().isDone());
    }

    /** What reversals have paid back of what was taken, or are paying back. */
    Money reversed() {
        return sum(Kind.REFUND, operation -> operation.isReversal() && operation.status() != FAILED);
    }

    /** What may still be taken by captures that have not ended well: under way, or refused and not settled yet. */
    Money capturing() {
        return byId.entrySet().stream().filter(entry -> entry.getValue().kind() == Kind.CAPTURE)
                .filter(entry -> entry.getValue().awaitsTruth() || isOpenFailure(entry.getKey()))
                .map(entry -> entry.getValue().amount()).reduce(nothing(), Money::plus);
    }

    /** What is set aside and neither taken nor about to be. */
    Money capturable() {
        return areAuthorized() && !areVoided()
                ? authorization().amount().minus(sum(Kind.CAPTURE, operation -> operation.status() != FAILED))
                : nothing();
    }

    /** Where the payment stands; what is under way or unknown beside the authorization does not show. */
    PaymentStatus standing() {
        return switch (authorization().status()) {
            case REQUESTED, PENDING -> PaymentStatus.REQUESTED;
            case ACTION_REQUIRED -> PaymentStatus.ACTION_REQUIRED;
            case UNKNOWN -> PaymentStatus.UNKNOWN;
            case DECLINED, FAILED -> areVoided() ? PaymentStatus.VOIDED : PaymentStatus.DECLINED;
            case SUCCEEDED, SETTLED_BY_HAND -> standingWith(captured(), refunded());
        };
    }

    /** Where an authorized payment stands once so much is taken and paid back. */
    PaymentStatus standingWith(Money captured, Money refunded) {
        return standing(authorization().amount(), captured, refunded, areVoided());
    }

    /** Where it stands once what is not taken is released. */
    PaymentStatus standingOnceVoided() {
        return standing(authorization().amount(), captured(), refunded(), true);
    }

    /**
     * Where an authorized payment stands by its sums: "captured" and "refunded" say that nothing more is to come.
     *
     * @param voided whether what was not taken is released
     */
    static PaymentStatus standing(Money authorized, Money captured, Money refunded, boolean voided) {
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

    private Stream<Operation> about(Kind kind, String subject) {
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
