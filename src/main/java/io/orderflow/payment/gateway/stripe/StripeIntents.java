package io.orderflow.payment.gateway.stripe;

import com.stripe.StripeClient;
import com.stripe.model.HasId;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeObject;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.service.PaymentIntentService;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayOperation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Reads PaymentIntents. Stripe's lists, unlike its search, show earlier writes at once (docs.stripe.com/search). */
final class StripeIntents {

    /** The largest page that Stripe allows. */
    static final long PAGE = 100;
    static final String CHARGE = "latest_charge";

    private static final String REPLAYED = "Idempotent-Replayed";
    /** By how much Stripe's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final PaymentIntentService intents;

    StripeIntents(StripeClient stripe) {
        intents = stripe.v1().paymentIntents();
    }

    /** Stripe answers a repeated request under the same key like the first, for at least 24 hours. */
    static RequestOptions under(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** Whether this is the stored answer of an earlier request under the same key, and so perhaps out of date. */
    static boolean isReplayed(StripeObject answer) {
        return answer.getLastResponse().headers().firstValue(REPLAYED).filter(Boolean::parseBoolean).isPresent();
    }

    PaymentIntent retrieve(String id) {
        return StripeErrors.look(() -> intents.retrieve(id,
                PaymentIntentRetrieveParams.builder().addExpand(CHARGE).build(), null));
    }

    /** @throws AnswerUnknownException when it belongs to another payment, whose money must not be moved */
    PaymentIntent of(GatewayOperation operation) {
        var intent = retrieve(operation.authorizationId());
        var payment = intent.getMetadata() == null ? null : intent.getMetadata().get(StripeMetadata.PAYMENT);
        if (!operation.paymentId().value().equals(payment)) {
            throw new AnswerUnknownException("The PaymentIntent %s belongs to payment %s, not %s".formatted(
                    intent.getId(), payment, operation.paymentId()));
        }
        return intent;
    }

    /** The PaymentIntent that was created for an authorization. */
    Optional<PaymentIntent> find(GatewayOperation operation) {
        var created = PaymentIntentListParams.Created.builder()
                .setGte(operation.requestedAt().minus(SKEW).getEpochSecond()).build();
        return find(() -> intents.list(PaymentIntentListParams.builder().setCreated(created).setLimit(PAGE)
                        .addExpand("data." + CHARGE).build()),
                intent -> operation.id().equals(StripeMetadata.operation(intent.getMetadata())));
    }

    static <T extends HasId> Optional<T> find(StripeErrors.Call<StripeCollection<T>> list, Predicate<T> wanted) {
        return StripeErrors.look(() -> StreamSupport.stream(list.make().autoPagingIterable().spliterator(), false)
                .filter(wanted).findFirst());
    }
}
