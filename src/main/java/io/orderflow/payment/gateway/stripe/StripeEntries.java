package io.orderflow.payment.gateway.stripe;

import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Derives the ledger entries from Stripe's objects. */
final class StripeEntries {

    private static final Logger LOG = LoggerFactory.getLogger(StripeEntries.class);

    private StripeEntries() {
    }

    /** @param since leaves out earlier operations, as far as Stripe says when they happened */
    static Stream<GatewayEntry> of(PaymentIntent intent, Instant since) {
        var authorized = Instant.ofEpochSecond(intent.getCreated());
        var authorization = entry(StripeMetadata.operation(intent.getMetadata()), intent.getId(), Kind.AUTHORIZE,
                intent.getCurrency(), intent.getAmount(), status(intent), authorized);
        return Stream.of(authorization.filter(entry -> !authorized.isBefore(since)).stream(),
                captures(intent, since), release(intent).filter(entry -> !entry.at().isBefore(since)).stream())
                .flatMap(entries -> entries);
    }

    /**
     * Stripe records the release of an uncaptured amount as a refund too, which moves no money: it is part of the void
     * or capture that caused it.
     */
    static Stream<GatewayEntry> of(Refund refund) {
        var operation = StripeMetadata.operation(refund.getMetadata());
        boolean isRelease = operation == null && refund.getBalanceTransaction() == null
                && "succeeded".equals(refund.getStatus());
        return isRelease ? Stream.empty() : entry(operation, refund.getId(), Kind.REFUND, refund.getCurrency(),
                refund.getAmount(), StripeAnswers.status(refund), Instant.ofEpochSecond(refund.getCreated())).stream();
    }

    private static OperationStatus status(PaymentIntent intent) {
        return switch (String.valueOf(intent.getStatus())) {
            case "requires_capture", "succeeded" -> OperationStatus.SUCCEEDED;
            case "canceled" -> wasAuthorized(intent) ? OperationStatus.SUCCEEDED : OperationStatus.DECLINED;
            case "requires_payment_method" -> OperationStatus.DECLINED;
            case "requires_action", "requires_confirmation" -> OperationStatus.ACTION_REQUIRED;
            case "processing" -> OperationStatus.PENDING;
            default -> OperationStatus.UNKNOWN;
        };
    }

    private static boolean wasAuthorized(PaymentIntent intent) {
        return Optional.ofNullable(intent.getLatestChargeObject()).map(Charge::getStatus)
                .filter("succeeded"::equals).isPresent();
    }

    private static Stream<GatewayEntry> captures(PaymentIntent intent, Instant since) {
        var noted = StripeMetadata.captures(intent);
        var booked = bookedAt(intent);
        if (noted.size() <= 1 && booked.isBefore(since)) {
            return Stream.empty();
        }
        var status = StripeMetadata.fitsMoney(intent) ? OperationStatus.SUCCEEDED : OperationStatus.UNKNOWN;
        var ours = noted.stream().flatMap(capture -> entry(capture.operationId(), intent.getId(), Kind.CAPTURE,
                intent.getCurrency(), capture.amount(), status, booked).stream());
        long others = intent.getAmountReceived() - noted.stream().mapToLong(StripeMetadata.Capture::amount).sum();
        return others <= 0 ? ours : Stream.concat(ours, entry(null, intent.getId(), Kind.CAPTURE,
                intent.getCurrency(), others, status, booked).stream());
    }

    /** The void: by us, or by another user of the account if the PaymentIntent had been authorized. */
    private static Optional<GatewayEntry> release(PaymentIntent intent) {
        var operation = StripeMetadata.voiding(intent);
        boolean isCanceled = "canceled".equals(intent.getStatus());
        boolean isReleased = isCanceled && (operation != null || wasAuthorized(intent))
                || "succeeded".equals(intent.getStatus()) && operation != null;
        var at = isCanceled && intent.getCanceledAt() != null ? Instant.ofEpochSecond(intent.getCanceledAt())
                : bookedAt(intent);
        return isReleased ? entry(operation, intent.getId(), Kind.VOID, intent.getCurrency(),
                intent.getAmount() - intent.getAmountReceived(), OperationStatus.SUCCEEDED, at) : Optional.empty();
    }

    /** The time of the captures: Stripe keeps one for all captures of a charge, and none before the first. */
    private static Instant bookedAt(PaymentIntent intent) {
        return Instant.ofEpochSecond(Optional.ofNullable(intent.getLatestChargeObject())
                .map(Charge::getBalanceTransactionObject).map(BalanceTransaction::getCreated)
                .orElse(intent.getCreated()));
    }

    private static Optional<GatewayEntry> entry(@Nullable String operation, String reference, Kind kind,
            String currency, long amount, OperationStatus status, Instant at) {
        var money = StripeAmounts.money(currency, amount);
        if (money.isEmpty()) {
            LOG.warn("{} of {} {} at Stripe is not compared: the amount cannot be represented in ISO 4217", reference,
                    amount, currency);
        }
        return money.map(known -> new GatewayEntry(operation, reference, kind, known, status, at));
    }
}
