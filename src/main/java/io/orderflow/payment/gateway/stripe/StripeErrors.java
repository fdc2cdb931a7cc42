package io.orderflow.payment.gateway.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayBusyException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Stripe's errors mean to us (docs.stripe.com "Error handling", "Advanced error handling", "Error codes"): the
 * bank or Stripe refuses, our key is refused, or nothing is known.
 */
final class StripeErrors {

    private static final Logger LOG = LoggerFactory.getLogger(StripeErrors.class);
    /** Until somebody may have put the key right. */
    private static final Duration UNTIL_KEY_IS_RIGHT = Duration.ofMinutes(1);
    private static final String REFUSED_REQUEST = "invalid_request_error";
    /** Passing troubles, whatever HTTP status they come with. */
    private static final Set<String> PASSING = Set.of("lock_timeout", "idempotency_key_in_use", "rate_limit");

    private StripeErrors() {
    }

    /** What our integration got wrong, or the account: nothing that is about the payment. */
    private static final Pattern OURS = Pattern.compile("parameters?_(missing|unknown|exclusive|invalid_.*)|url_invalid"
            + "|(api_key|platform_api_key)_expired|secret_key_required|livemode_mismatch|testmode_.*|account_.*"
            + "|not_allowed_on_standard_account|tls_version_unsupported|resource_missing");
    /** The only thing that a shop names, and so can name wrongly. */
    private static final String PAYMENT_METHOD = "payment_method";

    /** One call to Stripe. */
    interface Call<T> {

        T make() throws StripeException;
    }

    /**
     * Stripe's answer.
     *
     * @throws StripeRefusal when the request is refused for good
     * @throws AnswerUnknownException when no answer came, or none that tells anything
     * @throws GatewayBusyException   when our key is refused, so that nothing was done
     */
    static <T> T ask(Call<T> call) {
        try {
            return call.make();
        } catch (CardException no) {
            throw StripeRefusal.byBank(Optional.ofNullable(no.getDeclineCode()).orElse(code(no)));
        } catch (InvalidRequestException no) {
            throw refusal(no);
        } catch (AuthenticationException notAllowed) {
            // HTTP 403 among them: the SDK's PermissionException is one of these.
            throw keyRefused(notAllowed);
        } catch (ApiConnectionException silence) {
            throw AnswerUnknownException.silence(silence);
        } catch (StripeException trouble) {
            throw unknown(trouble);
        } catch (RuntimeException unreadable) {
            // The SDK stumbles over bodies that are not Stripe's, such as an empty one.
            throw new AnswerUnknownException("Stripe's answer cannot be read", unreadable);
        }
    }

    /**
     * An answer to a question that moves nothing.
     *
     * @throws AnswerUnknownException also when it is refused: that says nothing about the operation that is looked for
     * @throws GatewayBusyException   as {@link #ask}
     */
    static <T> T look(Call<T> call) {
        try {
            return ask(call);
        } catch (StripeRefusal no) {
            throw new AnswerUnknownException("Stripe does not let us look: " + no.getMessage(), no);
        }
    }

    private static RuntimeException refusal(InvalidRequestException no) {
        boolean isStripes = no.getStripeError() != null && REFUSED_REQUEST.equals(no.getStripeError().getType());
        return isStripes && !PASSING.contains(code(no)) && isAboutThePayment(no)
                ? StripeRefusal.byStripe(code(no), no.getStripeError().getMessage()) : unknown(no);
    }

    private static boolean isAboutThePayment(InvalidRequestException no) {
        return !OURS.matcher(code(no)).matches() || PAYMENT_METHOD.equals(no.getStripeError().getParam());
    }

    /** The messages of these errors quote a part of the key, so they are not logged. */
    private static GatewayBusyException keyRefused(StripeException notAllowed) {
        LOG.error("Stripe refuses our key, so payments wait: HTTP {}, code {}, request {}. Check "
                + "orderflow.payment.stripe.api-key and what the key is allowed to do", notAllowed.getStatusCode(),
                notAllowed.getCode(), notAllowed.getRequestId());
        return new GatewayBusyException(UNTIL_KEY_IS_RIGHT, new IllegalStateException("Stripe refuses our key"));
    }

    /** The SDK's message may quote the whole answer; status and request id are what Stripe's support asks for. */
    private static AnswerUnknownException unknown(StripeException trouble) {
        return new AnswerUnknownException("Stripe answered HTTP %s, code %s, request %s".formatted(trouble.getStatusCode(),
                trouble.getCode(), trouble.getRequestId()), trouble);
    }

    private static String code(StripeException no) {
        return Optional.ofNullable(no.getCode()).orElse("http_" + no.getStatusCode());
    }
}
