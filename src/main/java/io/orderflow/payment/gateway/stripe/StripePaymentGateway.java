package io.orderflow.payment.gateway.stripe;

import com.stripe.StripeClient;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayBusyException;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.GatewayGuard;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.gateway.GatewaySettings;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.PaymentView.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stripe, through its own SDK: PaymentIntents with manual capture, refunds and signed webhooks (docs/stripe.md).
 *
 * <p>Every request that changes something goes under the id of its operation as idempotency key. Stripe forgets keys
 * after a day, and our work may go on for longer; so what may have been done is first looked for in Stripe's books,
 * where our ids are written down.
 */
public final class StripePaymentGateway implements PaymentGateway {

    /** A PaymentMethod's id. Whatever else a shop sends, a card number above all, does not leave this process. */
    private static final Pattern PAYMENT_METHOD = Pattern.compile("pm_\\w+");

    private final StripeCharges charging;
    private final StripeReversals reversing;
    private final StripeLedger ledger;
    private final StripeCallbacks callbacks;
    private final GatewayGuard charges;
    private final GatewayGuard reversals;

    public StripePaymentGateway(StripeSettings stripe, GatewaySettings settings, Clock clock, GatewayGuard charges,
            GatewayGuard reversals) {
        // Not the SDK's own retries: ours are bounded by the guards, and go on for as long as the work is there.
        var client = StripeClient.builder().setApiKey(stripe.requireComplete().apiKey()).setApiBase(stripe.baseUrl())
                .setMaxNetworkRetries(0).setHttpClient(new StripeTransport(settings)).build();
        var memory = new StripeIntentCache(clock, stripe.lookBack());
        this.charging = new StripeCharges(client, memory, stripe.returnUrl());
        this.reversing = new StripeReversals(client);
        this.ledger = new StripeLedger(client, clock, stripe.lookBack());
        this.callbacks = new StripeCallbacks(stripe.webhookSecret(), clock, memory);
        this.charges = charges;
        this.reversals = reversals;
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public GatewayOutcome perform(GatewayOperation operation) {
        var amount = StripeAmounts.of(operation.amount());
        if (amount.isEmpty()) {
            return GatewayOutcome.failed("amount_not_supported", "Stripe takes no " + operation.amount());
        }
        if (operation.kind() == Kind.AUTHORIZE && !PAYMENT_METHOD.matcher(operation.method().token()).matches()) {
            return GatewayOutcome.failed("invalid_payment_method", "Stripe's payment methods are called pm_...");
        }
        try {
            return ask(operation, () -> perform(operation, amount.getAsLong()));
        } catch (StripeRefusal no) {
            return no.outcome(operation.kind());
        } catch (AnswerUnknownException unknown) {
            return GatewayOutcome.unknown(unknown.getMessage());
        }
    }

    private GatewayOutcome perform(GatewayOperation operation, long amount) {
        return switch (operation.kind()) {
            case AUTHORIZE -> charging.authorize(operation, amount);
            case CAPTURE -> charging.capture(operation, amount);
            case VOID -> reversing.voids(operation);
            case REFUND -> reversing.refund(operation, amount);
        };
    }

    @Override
    public Optional<GatewayOutcome> lookUp(GatewayOperation operation) {
        try {
            return ask(operation, () -> search(operation));
        } catch (AnswerUnknownException unknown) {
            return Optional.of(GatewayOutcome.unknown(unknown.getMessage()));
        }
    }

    private Optional<GatewayOutcome> search(GatewayOperation operation) {
        return switch (operation.kind()) {
            case AUTHORIZE -> charging.lookUpAuthorization(operation);
            case CAPTURE -> charging.lookUpCapture(operation);
            case VOID -> reversing.lookUpVoid(operation);
            case REFUND -> reversing.lookUpRefund(operation);
        };
    }

    /** Not guarded: a reconciliation that fails is simply made again. */
    @Override
    public Stream<GatewayEntry> ledger(Instant since) {
        return ledger.since(since);
    }

    @Override
    public Optional<GatewayNotice> read(byte[] body, UnaryOperator<String> header) {
        return callbacks.read(body, header.apply(StripeCallbacks.HEADER));
    }

    /** A refusal is not the trouble that guards are for: trying again at once cannot help, nor is Stripe ill. */
    private <T> T ask(GatewayOperation operation, Supplier<T> question) {
        var asked = new AtomicBoolean();
        var guard = operation.kind() == Kind.AUTHORIZE || operation.kind() == Kind.CAPTURE ? charges : reversals;
        return guard.<Supplier<T>>call(() -> {
            boolean isRepeated = asked.getAndSet(true);
            try {
                var answer = question.get();
                return () -> answer;
            } catch (GatewayBusyException | StripeRefusal refused) {
                if (isRepeated) {
                    throw new AnswerUnknownException("An earlier try of this call ended in doubt", refused);
                }
                return () -> {
                    throw refused;
                };
            } catch (NullPointerException incomplete) {
                // The SDK's objects have null where an answer lacks a field that Stripe always sends.
                throw new AnswerUnknownException("Stripe's answer is incomplete", incomplete);
            }
        }).get();
    }
}
