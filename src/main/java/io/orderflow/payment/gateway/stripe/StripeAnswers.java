package io.orderflow.payment.gateway.stripe;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeError;
import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Maps Stripe's objects to outcomes (docs.stripe.com "How PaymentIntents work", "Refund and cancel payments"). An
 * object of another operation decides nothing.
 */
final class StripeAnswers {

    private static final String REDIRECT = "redirect_to_url";

    private StripeAnswers() {
    }

    /** @throws AnswerUnknownException when it is about another operation */
    static GatewayOutcome authorization(PaymentIntent intent, GatewayOperation operation) {
        requireAbout(operation, intent.getMetadata(), intent.getAmount(), intent.getCurrency());
        return switch (String.valueOf(intent.getStatus())) {
            // Succeeded means captured, which is more than authorized.
            case "requires_capture", "succeeded" -> GatewayOutcome.succeeded(intent.getId(), captureBefore(intent));
            case "requires_action" -> GatewayOutcome.actionRequired(intent.getId(), nextAction(intent));
            case "processing" -> GatewayOutcome.pending(intent.getId());
            case "requires_payment_method" -> GatewayOutcome.declined(Optional.ofNullable(intent.getLastPaymentError())
                    .map(StripeAnswers::code).orElse("requires_payment_method"));
            case "canceled" -> GatewayOutcome.declined(Optional.ofNullable(intent.getCancellationReason())
                    .orElse("canceled"));
            default -> throw new AnswerUnknownException("The PaymentIntent %s is %s".formatted(intent.getId(),
                    intent.getStatus()));
        };
    }

    /** @throws AnswerUnknownException when it is about another operation */
    static GatewayOutcome refund(Refund refund, GatewayOperation operation) {
        requireAbout(operation, refund.getMetadata(), refund.getAmount(), refund.getCurrency());
        return switch (status(refund)) {
            case SUCCEEDED -> GatewayOutcome.succeeded(operation.authorizationId());
            case PENDING -> GatewayOutcome.pending(operation.authorizationId());
            case FAILED -> {
                var code = Optional.ofNullable(refund.getFailureReason()).orElse("refund_" + refund.getStatus());
                yield GatewayOutcome.failed(code, "Stripe refused: " + code);
            }
            default -> throw new AnswerUnknownException("The refund %s is %s".formatted(refund.getId(),
                    refund.getStatus()));
        };
    }

    static OperationStatus status(Refund refund) {
        return switch (String.valueOf(refund.getStatus())) {
            case "succeeded" -> OperationStatus.SUCCEEDED;
            case "pending", "requires_action" -> OperationStatus.PENDING;
            case "failed", "canceled" -> OperationStatus.FAILED;
            default -> OperationStatus.UNKNOWN;
        };
    }

    private static void requireAbout(GatewayOperation operation, @Nullable Map<String, String> metadata,
            @Nullable Long amount, String currency) {
        var asked = StripeAmounts.of(operation.amount());
        boolean same = operation.id().equals(StripeMetadata.operation(metadata)) && amount != null
                && asked.isPresent() && asked.getAsLong() == amount
                && StripeAmounts.currency(operation.amount()).equals(currency);
        if (!same) {
            throw new AnswerUnknownException("Stripe answered about %s %s %s instead of %s %s".formatted(
                    StripeMetadata.operation(metadata), amount, currency, operation.id(), operation.amount()));
        }
    }

    private static @Nullable Instant captureBefore(PaymentIntent intent) {
        return card(intent).map(Charge.PaymentMethodDetails.Card::getCaptureBefore).map(Instant::ofEpochSecond)
                .orElse(null);
    }

    /** Whether the rest stays authorized after a partial capture ("Capture a payment multiple times"). */
    static boolean allowsMoreCaptures(PaymentIntent intent) {
        return card(intent).map(Charge.PaymentMethodDetails.Card::getMulticapture)
                .map(Charge.PaymentMethodDetails.Card.Multicapture::getStatus).filter("available"::equals).isPresent();
    }

    private static Optional<Charge.PaymentMethodDetails.Card> card(PaymentIntent intent) {
        return Optional.ofNullable(intent.getLatestChargeObject()).map(Charge::getPaymentMethodDetails)
                .map(Charge.PaymentMethodDetails::getCard);
    }

    /** Stripe sets no end to a redirect. Any other action needs Stripe.js, so it is only named. */
    private static NextAction nextAction(PaymentIntent intent) {
        var action = intent.getNextAction();
        if (action == null) {
            throw new AnswerUnknownException("The PaymentIntent %s requires an action without naming it"
                    .formatted(intent.getId()));
        }
        boolean isRedirect = REDIRECT.equals(action.getType()) && action.getRedirectToUrl() != null;
        return isRedirect ? new NextAction("redirect", action.getRedirectToUrl().getUrl(), null)
                : new NextAction(action.getType(), null, null);
    }

    private static String code(StripeError error) {
        return Optional.ofNullable(error.getDeclineCode()).orElse(error.getCode());
    }
}
