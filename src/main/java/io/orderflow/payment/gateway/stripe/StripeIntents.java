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
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The PaymentIntents at Stripe. Its lists, unlike its search, show at once what was made (docs.stripe.com/search). */
final class StripeIntents {

    /** As many as a page of Stripe's can hold. */
    static final long PAGE = 100;
    static final String CHARGE = "latest_charge";

    private static final String REPLAYED = "Idempotent-Replayed";

    private final PaymentIntentService intents;

    StripeIntents(StripeClient stripe) {
        intents = stripe.v1().paymentIntents();
    }

    /** The key is what makes a repeated request harmless, for at least 24 hours ("Idempotent requests"). */
    static RequestOptions under(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** Whether this is the answer to an earlier request under the same key, and so perhaps out of date. */
    static boolean isReplayed(StripeObject answer) {
        return answer.getLastResponse().headers().firstValue(REPLAYED).filter(Boolean::parseBoolean).isPresent();
    }

    PaymentIntent retrieve(String id) {
        return StripeErrors.look(() -> intents.retrieve(id,
                PaymentIntentRetrieveParams.builder().addExpand(CHARGE).build(), null));
    }

    /** The one made for this operation since then, found however many there are. */
    Optional<PaymentIntent> find(String operationId, Instant since) {
        var created = PaymentIntentListParams.Created.builder().setGte(since.getEpochSecond()).build();
        return find(after -> StripeErrors.look(() -> intents.list(PaymentIntentListParams.builder()
                        .setCreated(created).setLimit(PAGE).setStartingAfter(after)
                        .addExpand("data." + CHARGE).build())),
                intent -> operationId.equals(StripeMetadata.operation(intent.getMetadata())));
    }

    /** Pages through a list until one fits. */
    static <T extends HasId> Optional<T> find(Function<String, StripeCollection<T>> pageAfter, Predicate<T> wanted) {
        String last = null;
        while (true) {
            var page = pageAfter.apply(last);
            var found = page.getData().stream().filter(wanted).findFirst();
            if (found.isPresent() || !page.getHasMore() || page.getData().isEmpty()) {
                return found;
            }
            last = page.getData().get(page.getData().size() - 1).getId();
        }
    }
}
