package io.orderflow.payment.gateway.stripe;

import com.stripe.StripeClient;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentUpdateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.service.PaymentIntentService;
import com.stripe.service.RefundService;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import java.util.Optional;

/** Voids what is authorized and refunds what was captured. */
final class StripeReversals {

    private final PaymentIntentService service;
    private final RefundService refunds;
    private final StripeIntents intents;

    StripeReversals(StripeClient stripe) {
        service = stripe.v1().paymentIntents();
        refunds = stripe.v1().refunds();
        intents = new StripeIntents(stripe);
    }

    /** Cancels; after captures, the rest is released by a last one of 0 ("Capture a payment multiple times"). */
    GatewayOutcome release(GatewayOperation operation) {
        var before = intents.of(operation);
        if (isReleased(before, operation)) {
            return GatewayOutcome.succeeded(before.getId());
        }
        var after = before.getAmountReceived() > 0 ? releaseRest(before.getId(), operation)
                : cancel(before.getId(), operation);
        if (!isReleased(after, operation)) {
            throw new AnswerUnknownException("The PaymentIntent %s is %s after %s".formatted(after.getId(),
                    after.getStatus(), operation.id()));
        }
        return GatewayOutcome.succeeded(after.getId());
    }

    private PaymentIntent releaseRest(String intent, GatewayOperation operation) {
        return StripeErrors.ask(() -> service.capture(intent, PaymentIntentCaptureParams.builder()
                .setAmountToCapture(0L).setFinalCapture(true).putAllMetadata(StripeMetadata.ofVoid(operation)).build(),
                StripeIntents.under(operation.id())));
    }

    /** A cancellation takes no metadata, so that is written before, under a key of its own. */
    private PaymentIntent cancel(String intent, GatewayOperation operation) {
        StripeErrors.ask(() -> service.update(intent, PaymentIntentUpdateParams.builder()
                .putAllMetadata(StripeMetadata.ofVoid(operation)).build(),
                StripeIntents.under(operation.id() + "-note")));
        return StripeErrors.ask(() -> service.cancel(intent, PaymentIntentCancelParams.builder().build(),
                StripeIntents.under(operation.id())));
    }

    Optional<GatewayOutcome> lookUpRelease(GatewayOperation operation) {
        var intent = intents.of(operation);
        return isReleased(intent, operation) ? Optional.of(GatewayOutcome.succeeded(intent.getId()))
                : Optional.empty();
    }

    /** Whether the amount to release is neither authorized any more nor captured. */
    private static boolean isReleased(PaymentIntent intent, GatewayOperation operation) {
        long notTaken = intent.getAmount() - intent.getAmountReceived();
        boolean isOver = intent.getStatus().equals("canceled") || intent.getStatus().equals("succeeded");
        return isOver && StripeAmounts.of(operation.amount()).orElse(Long.MAX_VALUE) <= notTaken;
    }

    GatewayOutcome refund(GatewayOperation operation, long amount) {
        var answer = StripeErrors.ask(() -> refunds.create(RefundCreateParams.builder()
                .setPaymentIntent(operation.authorizationId()).setAmount(amount)
                .putAllMetadata(StripeMetadata.of(operation)).build(), StripeIntents.under(operation.id())));
        var refund = StripeIntents.isReplayed(answer) ? StripeErrors.look(() -> refunds.retrieve(answer.getId()))
                : answer;
        return StripeAnswers.refund(refund, operation);
    }

    Optional<GatewayOutcome> lookUpRefund(GatewayOperation operation) {
        return StripeIntents.find(() -> refunds.list(RefundListParams.builder()
                        .setPaymentIntent(operation.authorizationId()).setLimit(StripeIntents.PAGE).build()),
                refund -> operation.id().equals(StripeMetadata.operation(refund.getMetadata())))
                .map(refund -> StripeAnswers.refund(refund, operation));
    }
}
