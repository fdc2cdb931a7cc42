package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What an open order waits on.
 *
 * @param party    who has to act
 * @param code     for what, stable and readable by machines
 * @param since    when the waiting began, UTC
 * @param deadline when Orderflow itself takes the next step, UTC; null when it waits as long as it takes
 */
public record WaitingOn(Party party, String code, Instant since, Instant deadline) {

    /** Who an order can wait on. */
    public enum Party {
        @JsonProperty("customer") CUSTOMER,
        @JsonProperty("gateway") GATEWAY,
        @JsonProperty("stock") STOCK,
        @JsonProperty("staff") STAFF,
        @JsonProperty("clock") CLOCK
    }
}
