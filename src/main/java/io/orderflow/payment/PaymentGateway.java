package io.orderflow.payment;

import java.util.Optional;

/**
 * Whoever holds and moves the customer's money for us.
 *
 * <p>Both calls are slow and leave the process: never from within a transaction or a unit of work.
 */
interface PaymentGateway {

    /**
     * Has an operation done. Harmless to repeat: it takes effect at most once under its id.
     *
     * @return unknown when no answer can be had or understood
     * @throws GatewayBusy when the gateway was not asked at all
     */
    GatewayOutcome perform(GatewayOperation operation);

    /**
     * What became of an operation that may have been done.
     *
     * @return empty when it never reached the gateway, unknown when no answer can be had or understood
     * @throws GatewayBusy when the gateway was not asked at all
     */
    Optional<GatewayOutcome> lookUp(GatewayOperation operation);
}
