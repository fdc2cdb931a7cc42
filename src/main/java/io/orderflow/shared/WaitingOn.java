package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an open order waits for.
 *
 * @param since    when the wait began, UTC
 * @param deadline when Orderflow itself takes the next step, UTC; null when there is no such time
 */
@JsonPropertyOrder({"party", "code", "since", "deadline"})
@JsonIgnoreProperties(value = "party", allowGetters = true)
public record WaitingOn(Code code, Instant since, @Nullable Instant deadline) {

    /** A longer wait has no deadline, which would lie beyond all calendars. */
    private static final Duration UNLIMITED = Duration.ofDays(365_000);

    /** Rounded to what every store keeps, so that a wait is the same after it was read. */
    public WaitingOn {
        since = since.truncatedTo(ChronoUnit.MICROS);
        deadline = deadline == null ? null : deadline.truncatedTo(ChronoUnit.MICROS);
    }

    /** A wait with a deadline that long after its beginning. */
    public static WaitingOn atMost(Duration duration, Code code, Instant since) {
        return new WaitingOn(code, since, duration.compareTo(UNLIMITED) < 0 ? since.plus(duration) : null);
    }

    /** How long it lasts at most. */
    public Duration limit() {
        return deadline == null ? UNLIMITED : Duration.between(since, deadline);
    }

    /** A wait for something else until the deadline of the wait before; null when nothing was awaited. */
    public static @Nullable WaitingOn instead(@Nullable WaitingOn before, Code code, Instant at) {
        return before == null ? null : new WaitingOn(code, before.code == code ? before.since : at, before.deadline);
    }

    /** Those who have to act before an order can go on. */
    public enum Party {
        @JsonProperty("customer") CUSTOMER,
        @JsonProperty("gateway") GATEWAY,
        @JsonProperty("stock") STOCK,
        @JsonProperty("staff") STAFF,
        @JsonProperty("clock") CLOCK
    }

    /** Everything that an order can wait for, stable and readable by machines, with the party that has to act. */
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
        /** The command that ends the order has been sent; its event has not come. */
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

    /** The party that has to act. */
    @JsonProperty
    public Party party() {
        return code.party();
    }
}
