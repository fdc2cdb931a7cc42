package io.orderflow.payment.gateway;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A payment service provider, which holds and moves the customer's money.
 *
 * <p>All methods but {@link #name} and {@link #read} are slow remote calls: never in a transaction or a unit of work.
 */
public interface PaymentGateway {

    /** The name in the configuration and in the path of callbacks. */
    String name();

    /**
     * Performs an operation. Idempotent: it takes effect at most once under its id.
     *
     * @throws AnswerUnknownException when there is no answer about the operation; the bean returns an unknown outcome
     * @throws GatewayBusyException   when the gateway was not called
     */
    GatewayOutcome perform(GatewayOperation operation);

    /**
     * Looks up the outcome of an operation that may have been performed.
     *
     * @return empty when it never reached the gateway
     * @throws AnswerUnknownException as {@link #perform}
     * @throws GatewayBusyException   as {@link #perform}
     */
    Optional<GatewayOutcome> lookUp(GatewayOperation operation);

    /**
     * All operations at the gateway since then, read page by page; several entries of one operation come in the order
     * in which they happened.
     *
     * @throws AnswerUnknownException when the gateway does not answer
     */
    Stream<GatewayEntry> ledger(Instant since);

    /**
     * Verifies and reads a callback.
     *
     * @param header returns the callback's header of a name, or null
     * @return empty when it is genuine and not about a payment of ours
     * @throws io.orderflow.shared.Refusal when its signature is not the gateway's, or it cannot be read
     */
    Optional<GatewayNotice> read(byte[] body, UnaryOperator<@Nullable String> header);
}
