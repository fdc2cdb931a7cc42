package io.orderflow.payment.gateway.stripe;

import com.stripe.StripeClient;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.RefundListParams;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayBusyException;
import io.orderflow.payment.gateway.GatewayEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Stripe's books, one entry per operation. Authorizations and refunds come in the order in which they were made; a
 * capture or a void comes with its authorization, because Stripe keeps it there.
 */
final class StripeLedger {

    /** By how much Stripe's clock may be ahead of ours. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final StripeClient stripe;
    private final Clock clock;
    private final Duration lookBack;

    /** @param lookBack how long after it was made an authorization can be captured or voided */
    StripeLedger(StripeClient stripe, Clock clock, Duration lookBack) {
        this.stripe = stripe;
        this.clock = clock;
        this.lookBack = lookBack;
    }

    /** Everything that was done since then; of payments captured several times, their captures before that, too. */
    Stream<GatewayEntry> since(Instant since) {
        var until = clock.instant().plus(SKEW);
        // What was authorized earlier may have been captured since.
        var from = since.getEpochSecond() < lookBack.toSeconds() ? Instant.EPOCH : since.minus(lookBack);
        var intents = new StripePages<>(this::intents, from, until);
        var refunds = new StripePages<>(this::refunds, since, until);
        var inOrder = new Merged(intents, refunds, since);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(inOrder, Spliterator.ORDERED), false)
                .flatMap(entries -> entries);
    }

    private StripeCollection<PaymentIntent> intents(long from, long until, String after) {
        return asked(() -> StripeErrors.ask(() -> stripe.v1().paymentIntents().list(PaymentIntentListParams.builder()
                .setCreated(PaymentIntentListParams.Created.builder().setGte(from).setLt(until).build())
                .setLimit(StripeIntents.PAGE).setStartingAfter(after)
                .addExpand("data.latest_charge.balance_transaction").build())));
    }

    private StripeCollection<Refund> refunds(long from, long until, String after) {
        return asked(() -> StripeErrors.ask(() -> stripe.v1().refunds().list(RefundListParams.builder()
                .setCreated(RefundListParams.Created.builder().setGte(from).setLt(until).build())
                .setLimit(StripeIntents.PAGE).setStartingAfter(after).build())));
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (StripeRefusal | GatewayBusyException refused) {
            throw new AnswerUnknownException("Stripe does not show its books: " + refused.getMessage(), refused);
        }
    }

    /** Always the older of the two next ones. */
    private static final class Merged implements Iterator<Stream<GatewayEntry>> {

        private final Iterator<PaymentIntent> intents;
        private final Iterator<Refund> refunds;
        private final Instant since;
        private PaymentIntent intent;
        private Refund refund;

        Merged(Iterator<PaymentIntent> intents, Iterator<Refund> refunds, Instant since) {
            this.intents = intents;
            this.refunds = refunds;
            this.since = since;
        }

        @Override
        public boolean hasNext() {
            intent = intent == null && intents.hasNext() ? intents.next() : intent;
            refund = refund == null && refunds.hasNext() ? refunds.next() : refund;
            return intent != null || refund != null;
        }

        @Override
        public Stream<GatewayEntry> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (refund == null || intent != null && intent.getCreated() <= refund.getCreated()) {
                var entries = StripeEntries.of(intent, since);
                intent = null;
                return entries;
            }
            var entries = StripeEntries.of(refund);
            refund = null;
            return entries;
        }
    }
}
