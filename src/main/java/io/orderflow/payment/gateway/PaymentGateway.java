package io.orderflow.payment.gateway;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Whoever holds and moves the customer's money for us.
 *
 * <p>All calls but {@link #read} are slow and leave the process: never from within a transaction or a unit of work.
 */
public interface PaymentGateway {

    /** What it is called, in configuration and in the path that its callbacks come to. */
    String name();

    /**
     * Has an operation done. Harmless to repeat: it takes effect at most once under its id.
     *
     * @return unknown when no answer can be had or understood
     * @throws GatewayBusyException when the gateway was not asked at all
     */
    GatewayOutcome perform(GatewayOperation operation);

    /**
     * What became of an operation that may have been done.
     *
     * @return empty when it never reached the gateway, unknown when no answer can be had or understood
     * @throws GatewayBusyException when the gateway was not asked at all
     */
    Optional<GatewayOutcome> lookUp(GatewayOperation operation);

    /**
     * Everything that the gateway did for us since then, in the order in which it began; read page by page, to be closed.
     *
     * @throws AnswerUnknownException when the gateway does not answer
     */
    Stream<GatewayEntry> ledger(Instant since);

    /**
     * What a callback is about.
     *
     * @param header answers the callback's header of a name, or null
     * @return empty when it is genuine but nothing that concerns us
     * @throws io.orderflow.shared.Refusal when it is not signed by the gateway, or not readable
     */
    Optional<GatewayNotice> read(byte[] body, UnaryOperator<String> header);
}
