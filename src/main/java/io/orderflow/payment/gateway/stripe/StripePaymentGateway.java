package io.orderflow.payment.gateway.stripe;

import com.stripe.StripeClient;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.gateway.GatewaySettings;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.PaymentView.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stripe through its own SDK: PaymentIntents with manual capture, refunds and signed webhooks (docs/stripe.md).
 *
 * <p>The id of an operation is the idempotency key of its requests. Stripe forgets keys after a day, and our work may
 * take longer; so an operation in doubt is first looked for in Stripe's objects, whose metadata holds our ids.
 */
public final class StripePaymentGateway implements PaymentGateway {

    /** The id of a PaymentMethod. Any other token, a card number above all, does not leave this process. */
    private static final Pattern PAYMENT_METHOD = Pattern.compile("pm_\\w+");

    private final StripeCharges charges;
    private final StripeReversals reversals;
    private final StripeLedger ledger;
    private final StripeCallbacks callbacks;

    public StripePaymentGateway(StripeSettings stripe, GatewaySettings settings, Clock clock) {
        // Without the SDK's retries: the guard and the durable work behind it repeat.
        var client = StripeClient.builder().setApiKey(stripe.requireComplete().apiKey()).setApiBase(stripe.baseUrl())
                .setMaxNetworkRetries(0).setHttpClient(new StripeTransport(settings)).build();
        this.charges = new StripeCharges(client, stripe.returnUrl());
        this.reversals = new StripeReversals(client);
        this.ledger = new StripeLedger(client, stripe.lookBack());
        this.callbacks = new StripeCallbacks(stripe.webhookSecret(), clock);
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
            return complete(() -> switch (operation.kind()) {
                case AUTHORIZE -> charges.authorize(operation, amount.getAsLong());
                case CAPTURE -> charges.capture(operation, amount.getAsLong());
                case VOID -> reversals.release(operation);
                case REFUND -> reversals.refund(operation, amount.getAsLong());
            });
        } catch (StripeErrors.RefusedException no) {
            return no.outcome(operation.kind());
        }
    }

    @Override
    public Optional<GatewayOutcome> lookUp(GatewayOperation operation) {
        return complete(() -> switch (operation.kind()) {
            case AUTHORIZE -> charges.lookUpAuthorization(operation);
            case CAPTURE -> charges.lookUpCapture(operation);
            case VOID -> reversals.lookUpRelease(operation);
            case REFUND -> reversals.lookUpRefund(operation);
        });
    }

    @Override
    public Stream<GatewayEntry> ledger(Instant since) {
        return ledger.since(since);
    }

    @Override
    public Optional<GatewayNotice> read(byte[] body, UnaryOperator<@Nullable String> header) {
        return callbacks.read(body, header.apply(StripeCallbacks.HEADER));
    }

    /** The SDK's objects have null where an answer lacks a field that Stripe always sends. */
    private static <T> T complete(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (NullPointerException incomplete) {
            throw new AnswerUnknownException("Stripe's answer is incomplete", incomplete);
        }
    }
}
