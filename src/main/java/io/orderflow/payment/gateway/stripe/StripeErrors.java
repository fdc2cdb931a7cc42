package io.orderflow.payment.gateway.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayBusyException;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.query.PaymentView.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps Stripe's errors (docs.stripe.com "Error handling", "Advanced error handling", "Error codes"): the bank or Stripe
 * refuses, our key is refused, or nothing is known.
 */
final class StripeErrors {

    private static final Logger LOG = LoggerFactory.getLogger(StripeErrors.class);
    private static final Duration UNTIL_KEY_IS_CORRECTED = Duration.ofMinutes(1);
    private static final String REFUSED_REQUEST = "invalid_request_error";
    /** Transient errors, with any HTTP status. */
    private static final Set<String> TRANSIENT = Set.of("lock_timeout", "idempotency_key_in_use", "rate_limit");
    /** Errors of our integration or the account, which say nothing about the payment. */
    private static final Pattern OURS = Pattern.compile("parameters?_(missing|unknown|exclusive|invalid_.*)|url_invalid"
            + "|(api_key|platform_api_key)_expired|secret_key_required|livemode_mismatch|testmode_.*|account_.*"
            + "|not_allowed_on_standard_account|tls_version_unsupported|resource_missing");
    /** The only parameter that comes from the shop, and can be wrong because of it. */
    private static final String PAYMENT_METHOD = "payment_method";

    private StripeErrors() {
    }

    /** A call of the SDK. */
    interface Call<T> {

        T make() throws StripeException;
    }

    /** Stripe understood the request and will not perform it. */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient GatewayOutcome outcome;

        private RefusedException(GatewayOutcome outcome) {
            super(outcome.detail());
            this.outcome = outcome;
        }

        /** Only an authorization can be declined; any other operation that the bank refuses has failed. */
        GatewayOutcome outcome(Kind kind) {
            return kind == Kind.AUTHORIZE ? outcome : GatewayOutcome.failed(outcome.code(), outcome.detail());
        }
    }

    /**
     * Makes a call.
     *
     * @throws RefusedException       when the request is refused for good
     * @throws AnswerUnknownException when there is no answer, or one that decides nothing
     * @throws GatewayBusyException   when our key is refused, so that nothing was done
     */
    static <T> T ask(Call<T> call) {
        try {
            return call.make();
        } catch (CardException no) {
            throw new RefusedException(GatewayOutcome.declined(
                    Optional.ofNullable(no.getDeclineCode()).orElse(code(no))));
        } catch (InvalidRequestException no) {
            throw refusal(no);
        } catch (AuthenticationException notAllowed) {
            // Includes HTTP 403: the SDK's PermissionException is a subclass.
            throw keyRefused(notAllowed);
        } catch (ApiConnectionException broken) {
            throw AnswerUnknownException.noResponse(broken);
        } catch (StripeException error) {
            throw unknown(error);
        } catch (RuntimeException failure) {
            if (failure.getCause() instanceof StripeException ofLaterPage) {
                return ask(() -> {
                    throw ofLaterPage;
                });
            }
            // The SDK fails in several ways on a body that is not Stripe's, such as an empty one.
            throw new AnswerUnknownException("Stripe's answer cannot be read", failure);
        }
    }

    /**
     * Makes a call that only reads.
     *
     * @throws AnswerUnknownException also when it is refused: that does not decide the operation that is looked up
     * @throws GatewayBusyException   as {@link #ask}
     */
    static <T> T look(Call<T> call) {
        try {
            return ask(call);
        } catch (RefusedException no) {
            throw new AnswerUnknownException("Stripe refused a look-up: " + no.getMessage(), no);
        }
    }

    private static RuntimeException refusal(InvalidRequestException no) {
        boolean isStripes = no.getStripeError() != null && REFUSED_REQUEST.equals(no.getStripeError().getType());
        boolean isAboutThePayment = isStripes && (!OURS.matcher(code(no)).matches()
                || PAYMENT_METHOD.equals(no.getStripeError().getParam()));
        return isAboutThePayment && !TRANSIENT.contains(code(no)) ? new RefusedException(GatewayOutcome.failed(code(no),
                "Stripe refused: " + no.getStripeError().getMessage())) : unknown(no);
    }

    /** The messages of these errors quote a part of the key, so they are not logged. */
    private static GatewayBusyException keyRefused(StripeException notAllowed) {
        LOG.error("Stripe refuses our key, so payments wait: HTTP {}, code {}, request {}. Check "
                + "orderflow.payment.stripe.api-key and its permissions", notAllowed.getStatusCode(),
                notAllowed.getCode(), notAllowed.getRequestId());
        return new GatewayBusyException(UNTIL_KEY_IS_CORRECTED, "Stripe refuses our key");
    }

    /** The SDK's message may quote the whole answer; status and request id are what Stripe's support asks for. */
    private static AnswerUnknownException unknown(StripeException error) {
        return new AnswerUnknownException("Stripe answered HTTP %s, code %s, request %s".formatted(
                error.getStatusCode(), error.getCode(), error.getRequestId()), error);
    }

    private static String code(StripeException no) {
        return Optional.ofNullable(no.getCode()).orElse("http_" + no.getStatusCode());
    }
}
