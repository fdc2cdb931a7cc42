package io.orderflow.payment.gateway.stripe;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeError;
import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What Stripe's objects say of our operations (docs.stripe.com "How PaymentIntents work", "Refund and cancel
 * payments"). An object that is about something else says nothing.
 */
final class StripeAnswers {

    private static final String REDIRECT = "redirect_to_url";

    private StripeAnswers() {
    }

    /** @throws AnswerUnknownException when this is not what was asked for */
    static GatewayOutcome authorization(PaymentIntent intent, GatewayOperation operation) {
        requireAbout(operation, intent.getMetadata(), intent.getAmount(), intent.getCurrency());
        return switch (String.valueOf(intent.getStatus())) {
            // Succeeded means captured, which is more than authorized.
            case "requires_capture", "succeeded" -> GatewayOutcome.succeeded(intent.getId(), captureBefore(intent));
            case "requires_action" -> GatewayOutcome.actionRequired(intent.getId(), nextAction(intent));
            case "processing" -> GatewayOutcome.pending(intent.getId());
            case "requires_payment_method" -> declined(Optional.ofNullable(intent.getLastPaymentError())
                    .map(StripeAnswers::code).orElse("requires_payment_method"));
            case "canceled" -> declined(Optional.ofNullable(intent.getCancellationReason()).orElse("canceled"));
            default -> throw new AnswerUnknownException("The PaymentIntent %s is %s".formatted(intent.getId(),
                    intent.getStatus()));
        };
    }

    /** @throws AnswerUnknownException when this is not what was asked for */
    static GatewayOutcome refund(Refund refund, GatewayOperation operation) {
        requireAbout(operation, refund.getMetadata(), refund.getAmount(), refund.getCurrency());
        return switch (String.valueOf(refund.getStatus())) {
            case "succeeded" -> GatewayOutcome.succeeded(operation.authorizationId());
            case "pending", "requires_action" -> GatewayOutcome.pending(operation.authorizationId());
            case "failed", "canceled" -> failed(Optional.ofNullable(refund.getFailureReason())
                    .orElse("refund_" + refund.getStatus()));
            default -> throw new AnswerUnknownException("The refund %s is %s".formatted(refund.getId(), refund.getStatus()));
        };
    }

    /** @throws AnswerUnknownException when the money of another payment is about to be moved */
    static void requireSamePayment(PaymentIntent intent, GatewayOperation operation) {
        var payment = intent.getMetadata() == null ? null : intent.getMetadata().get(StripeMetadata.PAYMENT);
        if (!operation.paymentId().value().equals(payment)) {
            throw new AnswerUnknownException("The PaymentIntent %s belongs to payment %s, not %s".formatted(intent.getId(),
                    payment, operation.paymentId()));
        }
    }

    private static void requireAbout(GatewayOperation operation, Map<String, String> metadata, Long amount,
            String currency) {
        var asked = StripeAmounts.of(operation.amount());
        boolean same = operation.id().equals(StripeMetadata.operation(metadata)) && amount != null
                && asked.isPresent() && asked.getAsLong() == amount
                && StripeAmounts.currency(operation.amount()).equals(currency);
        if (!same) {
            throw new AnswerUnknownException("Stripe speaks of %s %s %s when asked for %s %s".formatted(
                    StripeMetadata.operation(metadata), amount, currency, operation.id(), operation.amount()));
        }
    }

    /** Until when Stripe lets the authorization be captured; null when it does not say. */
    private static Instant captureBefore(PaymentIntent intent) {
        return card(intent).map(Charge.PaymentMethodDetails.Card::getCaptureBefore).map(Instant::ofEpochSecond)
                .orElse(null);
    }

    /** Whether a part can be captured and the rest stay authorized ("Capture a payment multiple times"). */
    static boolean allowsMoreCaptures(PaymentIntent intent) {
        return card(intent).map(Charge.PaymentMethodDetails.Card::getMulticapture)
                .map(Charge.PaymentMethodDetails.Card.Multicapture::getStatus).filter("available"::equals).isPresent();
    }

    private static Optional<Charge.PaymentMethodDetails.Card> card(PaymentIntent intent) {
        return Optional.ofNullable(intent.getLatestChargeObject()).map(Charge::getPaymentMethodDetails)
                .map(Charge.PaymentMethodDetails::getCard);
    }

    /** Stripe does not say when a redirect ends. Any other action needs Stripe.js; it is named, to be seen. */
    private static NextAction nextAction(PaymentIntent intent) {
        var action = intent.getNextAction();
        if (action == null) {
            throw new AnswerUnknownException("The PaymentIntent %s requires an action and names none".formatted(intent.getId()));
        }
        boolean isRedirect = REDIRECT.equals(action.getType()) && action.getRedirectToUrl() != null;
        return isRedirect ? new NextAction("redirect", action.getRedirectToUrl().getUrl(), null)
                : new NextAction(action.getType(), null, null);
    }

    private static String code(StripeError error) {
        return Optional.ofNullable(error.getDeclineCode()).orElse(error.getCode());
    }

    private static GatewayOutcome declined(String code) {
        return GatewayOutcome.declined(code, "The bank declined: " + code);
    }

    private static GatewayOutcome failed(String code) {
        return GatewayOutcome.failed(code, "Stripe refused: " + code);
    }
}
