package io.orderflow.payment.gateway.stripe;

import com.stripe.StripeClient;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.AutomaticPaymentMethods;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import com.stripe.param.PaymentIntentCreateParams.PaymentMethodOptions;
import com.stripe.param.PaymentIntentCreateParams.PaymentMethodOptions.Card.RequestMulticapture;
import com.stripe.service.PaymentIntentService;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets money aside and takes it: one PaymentIntent per authorization, captured shipment by shipment. */
final class StripeCharges {

    private static final Logger LOG = LoggerFactory.getLogger(StripeCharges.class);

    private final PaymentIntentService service;
    private final StripeIntents intents;
    private final StripeIntentCache memory;
    private final String returnUrl;

    StripeCharges(StripeClient stripe, StripeIntentCache memory, String returnUrl) {
        this.service = stripe.v1().paymentIntents();
        this.intents = new StripeIntents(stripe);
        this.memory = memory;
        this.returnUrl = returnUrl;
    }

    /** Creates and confirms in one request, so that nothing is ever half done ("Finalize payments on the server"). */
    GatewayOutcome authorize(GatewayOperation operation, long amount) {
        memory.asked(operation.id());
        var answer = StripeErrors.ask(() -> service.create(authorization(operation, amount),
                StripeIntents.under(operation.id())));
        memory.found(operation.id(), answer.getId());
        var intent = StripeIntents.isReplayed(answer) ? intents.retrieve(answer.getId()) : answer;
        return StripeAnswers.authorization(intent, operation);
    }

    private PaymentIntentCreateParams authorization(GatewayOperation operation, long amount) {
        return PaymentIntentCreateParams.builder()
                .setAmount(amount).setCurrency(StripeAmounts.currency(operation.amount()))
                .setCaptureMethod(CaptureMethod.MANUAL).setConfirm(true)
                .setPaymentMethod(operation.method().token())
                .setAutomaticPaymentMethods(AutomaticPaymentMethods.builder().setEnabled(true).build())
                .setReturnUrl(returnUrl.replace("{order_id}", operation.orderId().value()))
                .setPaymentMethodOptions(PaymentMethodOptions.builder().setCard(PaymentMethodOptions.Card.builder()
                        .setRequestMulticapture(RequestMulticapture.IF_AVAILABLE).build()).build())
                .putAllMetadata(StripeMetadata.of(operation)).addExpand(StripeIntents.CHARGE).build();
    }

    /** By what this process remembers, or else among all that can still hold money. */
    Optional<GatewayOutcome> lookUpAuthorization(GatewayOperation operation) {
        var intent = memory.intent(operation.id()).map(intents::retrieve)
                .or(() -> intents.find(operation.id(), memory.earliest(operation.id())));
        intent.ifPresent(found -> memory.found(operation.id(), found.getId()));
        return intent.map(found -> StripeAnswers.authorization(found, operation));
    }

    /** Looks first: a note tells for ever whether a capture has been made, an idempotency key for a day. */
    GatewayOutcome capture(GatewayOperation operation, long amount) {
        var before = intents.retrieve(operation.authorizationId());
        StripeAnswers.requireSamePayment(before, operation);
        if (StripeMetadata.tellOf(operation, before)) {
            return GatewayOutcome.succeeded(before.getId());
        }
        var after = StripeErrors.ask(() -> service.capture(before.getId(), capture(operation, amount, before),
                StripeIntents.under(operation.id())));
        if (!StripeMetadata.tellOf(operation, after)) {
            throw new AnswerUnknownException("The PaymentIntent %s is %s and does not know of %s".formatted(after.getId(),
                    after.getStatus(), operation.id()));
        }
        return GatewayOutcome.succeeded(after.getId());
    }

    private static PaymentIntentCaptureParams capture(GatewayOperation operation, long amount, PaymentIntent intent) {
        var capture = PaymentIntentCaptureParams.builder().setAmountToCapture(amount)
                .putAllMetadata(StripeMetadata.ofCapture(operation, amount));
        if (amount < intent.getAmountCapturable()) {
            if (StripeAnswers.allowsMoreCaptures(intent)) {
                capture.setFinalCapture(false);
            } else {
                LOG.warn("{} can be captured only once: with {} the rest of it is released, and what is shipped "
                        + "later has to be paid another way", intent.getId(), operation.id());
            }
        }
        return capture.build();
    }

    /** Empty also when its note cannot be trusted; then it is asked for again under its key. */
    Optional<GatewayOutcome> lookUpCapture(GatewayOperation operation) {
        var intent = intents.retrieve(operation.authorizationId());
        StripeAnswers.requireSamePayment(intent, operation);
        return StripeMetadata.tellOf(operation, intent) ? Optional.of(GatewayOutcome.succeeded(intent.getId()))
                : Optional.empty();
    }
}
