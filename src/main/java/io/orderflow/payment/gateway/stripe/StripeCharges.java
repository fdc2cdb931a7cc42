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

/** Authorizes and captures: one PaymentIntent per authorization, captured shipment by shipment. */
final class StripeCharges {

    private static final Logger LOG = LoggerFactory.getLogger(StripeCharges.class);

    private final PaymentIntentService service;
    private final StripeIntents intents;
    private final String returnUrl;

    StripeCharges(StripeClient stripe, String returnUrl) {
        this.service = stripe.v1().paymentIntents();
        this.intents = new StripeIntents(stripe);
        this.returnUrl = returnUrl;
    }

    /** Creates and confirms in one request, so that it is never half done ("Finalize payments on the server"). */
    GatewayOutcome authorize(GatewayOperation operation, long amount) {
        var answer = StripeErrors.ask(() -> service.create(authorization(operation, amount),
                StripeIntents.under(operation.id())));
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

    Optional<GatewayOutcome> lookUpAuthorization(GatewayOperation operation) {
        var known = Optional.ofNullable(operation.authorizationId()).map(intents::retrieve);
        return known.or(() -> intents.find(operation)).map(intent -> StripeAnswers.authorization(intent, operation));
    }

    /** Reads first: metadata is permanent, an idempotency key is stored for a day. */
    GatewayOutcome capture(GatewayOperation operation, long amount) {
        var before = intents.of(operation);
        if (StripeMetadata.proves(operation, before)) {
            return GatewayOutcome.succeeded(before.getId());
        }
        var after = StripeErrors.ask(() -> service.capture(before.getId(), capture(operation, amount, before),
                StripeIntents.under(operation.id())));
        if (!StripeMetadata.proves(operation, after)) {
            throw new AnswerUnknownException("The PaymentIntent %s is %s and does not show %s".formatted(after.getId(),
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
                LOG.warn("{} can be captured only once: {} releases the rest, and later shipments have to be paid "
                        + "another way", intent.getId(), operation.id());
            }
        }
        return capture.build();
    }

    /** Empty also when the metadata does not fit the money taken; then the capture is repeated under its key. */
    Optional<GatewayOutcome> lookUpCapture(GatewayOperation operation) {
        var intent = intents.of(operation);
        return StripeMetadata.proves(operation, intent) ? Optional.of(GatewayOutcome.succeeded(intent.getId()))
                : Optional.empty();
    }
}
