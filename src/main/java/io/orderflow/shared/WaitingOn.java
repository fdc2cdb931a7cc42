package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * What an open order waits on.
 *
 * @param code     for what
 * @param since    when the waiting began, UTC
 * @param deadline when Orderflow itself takes the next step, UTC; null when it waits as long as it takes
 */
@JsonPropertyOrder({"party", "code", "since", "deadline"})
@JsonIgnoreProperties(value = "party", allowGetters = true)
public record WaitingOn(Code code, Instant since, Instant deadline) {

    /** Who an order can wait on. */
    public enum Party {
        @JsonProperty("customer") CUSTOMER,
        @JsonProperty("gateway") GATEWAY,
        @JsonProperty("stock") STOCK,
        @JsonProperty("staff") STAFF,
        @JsonProperty("clock") CLOCK
    }

    /** Everything that an order can wait for, stable and readable by machines, and who has to act. */
    public enum Code {
        STOCK_RESERVATION(Party.STOCK),
        PAYMENT_AUTHORIZATION(Party.GATEWAY),
        PAYMENT_ACTION(Party.CUSTOMER),
        PAYMENT_PENDING(Party.GATEWAY),
        PAYMENT_OVERDUE(Party.GATEWAY),
        PAYMENT_OUTCOME_UNKNOWN(Party.GATEWAY),
        DISPATCH(Party.STAFF),
        DISPATCH_OVERDUE(Party.STAFF),
        AUTHORIZATION_EXPIRED(Party.STAFF),
        PAYMENT_CAPTURE(Party.GATEWAY),
        PAYMENT_CAPTURE_FAILED(Party.STAFF),
        SHIPPING_STUCK(Party.STAFF),
        PAYMENT_REVERSAL(Party.GATEWAY),
        PAYMENT_REVERSAL_FAILED(Party.STAFF),
        STOCK_RELEASE(Party.STOCK),
        UNDO_STUCK(Party.STAFF),
        /** The order has been told how it ends and has to confirm it. */
        ENDING(Party.CLOCK),
        REFUND(Party.GATEWAY),
        REFUND_OUTCOME_UNKNOWN(Party.GATEWAY),
        REFUND_FAILED(Party.STAFF),
        STOCK_RETURN(Party.STOCK),
        /** A command breaks a rule or hits a bug. */
        STEP_FAILED(Party.STAFF);

        private final Party party;

        Code(Party party) {
            this.party = party;
        }

        public Party party() {
            return party;
        }

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads a code that was stored as its text. */
        public static Code of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** Who has to act. */
    @JsonProperty
    public Party party() {
        return code.party();
    }
}
