package io.orderflow.overview;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.inventory.query.StockView;
import io.orderflow.order.query.OrderView;
import io.orderflow.payment.query.PaymentView;
import java.util.List;

/**
 * All that there is to show about an order.
 *
 * @param payment     null before money is asked for, and when it is unavailable
 * @param stock       the levels of the order's SKUs; null when they are unavailable
 * @param unavailable what could not be had; ask again for it
 */
record OrderOverview(OrderView order, PaymentView payment, List<StockView> stock, List<Missing> unavailable) {

    /** A part that could not be had. */
    record Missing(Name part, Reason reason) {
    }

    /** What an overview is made of. */
    enum Name {
        @JsonProperty("order") ORDER,
        @JsonProperty("payment") PAYMENT,
        @JsonProperty("stock") STOCK
    }

    /** Why a part could not be had. */
    enum Reason {
        /** It took too long. */
        @JsonProperty("timeout") TIMEOUT,
        /** It failed too often lately and is left in peace for a while. */
        @JsonProperty("breaker_open") BREAKER_OPEN,
        /** Too many others are asking for it. */
        @JsonProperty("busy") BUSY,
        /** The log says why. */
        @JsonProperty("failed") FAILED
    }
}
