package io.orderflow.payment.gateway.stripe;

import com.stripe.StripeClient;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.RefundListParams;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayBusyException;
import io.orderflow.payment.gateway.GatewayEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/** Stripe's ledger, an entry per operation, newest first: PaymentIntents with captures and voids, then refunds. */
final class StripeLedger {

    private final StripeClient stripe;
    private final Duration lookBack;

    /** @param lookBack how long after its creation an authorization can be captured or voided */
    StripeLedger(StripeClient stripe, Duration lookBack) {
        this.stripe = stripe;
        this.lookBack = lookBack;
    }

    /** Of payments that were captured several times, earlier captures are included. */
    Stream<GatewayEntry> since(Instant since) {
        long intentsSince = Math.max(0, since.minus(lookBack).getEpochSecond());
        var intents = all(() -> stripe.v1().paymentIntents().list(PaymentIntentListParams.builder()
                .setCreated(PaymentIntentListParams.Created.builder().setGte(intentsSince).build())
                .setLimit(StripeIntents.PAGE).addExpand("data.latest_charge.balance_transaction").build()));
        var refunds = all(() -> stripe.v1().refunds().list(RefundListParams.builder()
                .setCreated(RefundListParams.Created.builder().setGte(Math.max(0, since.getEpochSecond())).build())
                .setLimit(StripeIntents.PAGE).build()));
        return Stream.concat(intents.flatMap(intent -> StripeEntries.of(intent, since)),
                refunds.flatMap(StripeEntries::of));
    }

    /** Requests the first page; each other page once the stream has got there. */
    private static <T extends HasId> Stream<T> all(StripeErrors.Call<StripeCollection<T>> list) {
        Iterator<T> pages = ask(() -> list.make().autoPagingIterable().iterator());
        return Stream.iterate(next(pages), Optional::isPresent, previous -> next(pages)).map(Optional::orElseThrow);
    }

    private static <T> Optional<T> next(Iterator<T> pages) {
        return ask(() -> pages.hasNext() ? Optional.of(pages.next()) : Optional.empty());
    }

    private static <T> T ask(StripeErrors.Call<T> call) {
        try {
            return StripeErrors.look(call);
        } catch (GatewayBusyException refused) {
            throw new AnswerUnknownException("Stripe does not show its ledger: " + refused.getMessage(), refused);
        }
    }
}
