package io.orderflow.overview;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.inventory.query.StockView;
import io.orderflow.order.query.OrderView;
import io.orderflow.payment.query.PaymentView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An order and what belongs to it.
 *
 * @param payment     null before the payment is requested, and when it is unavailable
 * @param stock       levels of the order's SKUs; null when they are unavailable
 * @param unavailable parts that could not be read; a later request may have them
 */
record OrderOverview(OrderView order, @Nullable PaymentView payment, @Nullable List<StockView> stock,
        List<Missing> unavailable) {

    /** A part that could not be read. */
    record Missing(Name part, Reason reason) {
    }

    /** The parts of an overview. */
    enum Name {
        @JsonProperty("order") ORDER,
        @JsonProperty("payment") PAYMENT,
        @JsonProperty("stock") STOCK;

        /** Name of the circuit breaker and of the bulkhead. */
        String instance() {
            return "overview-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a part could not be read. */
    enum Reason {
        /** The query took too long. */
        @JsonProperty("timeout") TIMEOUT,
        /** The circuit breaker is open, because recent queries failed. */
        @JsonProperty("breaker_open") BREAKER_OPEN,
        /** The bulkhead is full. */
        @JsonProperty("busy") BUSY,
        /** The query failed with an exception, which is in the log. */
        @JsonProperty("failed") FAILED
    }
}
