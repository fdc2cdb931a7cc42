package io.orderflow.payment;

import static io.orderflow.payment.query.PaymentView.OperationStatus.FAILED;
import static io.orderflow.payment.query.PaymentView.OperationStatus.REQUESTED;
import static io.orderflow.payment.query.PaymentView.OperationStatus.SUCCEEDED;
import static io.orderflow.payment.query.PaymentView.OperationStatus.UNKNOWN;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Every operation of one payment at the gateway, the authorization first, and what the money's standing is by them. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class Operations {

    private final Map<String, Operation> byId = new LinkedHashMap<>();

    /** One operation; its id is the key it is kept under. The shipment is that of a capture, else null. */
    record Operation(Kind kind, OperationStatus status, Money amount, String shipmentId) {

        /** Whether what became of it is still to be learned. */
        boolean awaitsTruth() {
            return status == REQUESTED || status == UNKNOWN;
        }

        private Operation as(OperationStatus next) {
            return new Operation(kind, next, amount, shipmentId);
        }
    }

    void start(String id, Kind kind, Money amount, String shipmentId) {
        byId.put(id, new Operation(kind, REQUESTED, amount, shipmentId));
    }

    void mark(String id, OperationStatus status) {
        byId.computeIfPresent(id, (same, operation) -> operation.as(status));
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

    boolean awaitTruth() {
        return byId.values().stream().anyMatch(Operation::awaitsTruth);
    }

    boolean areAuthorized() {
        return authorization().status() == SUCCEEDED;
    }

    /** How many operations of this kind there have been, whatever became of them. */
    long count(Kind kind) {
        return byId.values().stream().filter(operation -> operation.kind() == kind).count();
    }

    /** What has been taken. */
    Money captured() {
        return captures(operation -> operation.status() == SUCCEEDED);
    }

    /** What is set aside and neither taken nor about to be. */
    Money capturable() {
        return areAuthorized()
                ? authorization().amount().minus(captures(operation -> operation.status() != FAILED))
                : Money.zero(authorization().amount().currency());
    }

    /** Where the payment stands; what is under way or unknown beside the authorization does not show. */
    PaymentStatus standing() {
        return switch (authorization().status()) {
            case REQUESTED -> PaymentStatus.REQUESTED;
            case UNKNOWN -> PaymentStatus.UNKNOWN;
            case DECLINED, FAILED -> PaymentStatus.DECLINED;
            case SUCCEEDED -> standingWith(captured());
        };
    }

    /** Where an authorized payment stands once this much is taken. */
    PaymentStatus standingWith(Money captured) {
        if (captured.equals(authorization().amount())) {
            return PaymentStatus.CAPTURED;
        }
        return captured.isZero() ? PaymentStatus.AUTHORIZED : PaymentStatus.PARTIALLY_CAPTURED;
    }

    private Operation authorization() {
        return byId.values().iterator().next();
    }

    private Money captures(Predicate<Operation> which) {
        return byId.values().stream().filter(operation -> operation.kind() == Kind.CAPTURE).filter(which)
                .map(Operation::amount).reduce(Money.zero(authorization().amount().currency()), Money::plus);
    }
}
