package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Currency;

/**
 * An exact amount in one currency.
 *
 * @param currency ISO 4217 code, such as {@code EUR}
 * @param amount   minor units of the currency (cents for EUR, yen for JPY, fils for KWD); never floating point
 */
public record Money(String currency, long amount) implements Comparable<Money> {

    public Money {
        requireKnown(currency);
    }

    public static Money zero(String currency) {
        return new Money(currency, 0);
    }

    @JsonIgnore
    public boolean isZero() {
        return amount == 0;
    }

    @JsonIgnore
    public boolean isNegative() {
        return amount < 0;
    }

    public Money plus(Money other) {
        return new Money(currency, Math.addExact(amount, inSameCurrency(other)));
    }

    public Money minus(Money other) {
        return new Money(currency, Math.subtractExact(amount, inSameCurrency(other)));
    }

    public Money times(Quantity quantity) {
        return new Money(currency, Math.multiplyExact(amount, quantity.value()));
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(amount, inSameCurrency(other));
    }

    private long inSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new Refusal(Refusal.Kind.INVALID, "mixed_currency",
                    "Amounts in %s and %s cannot be combined.".formatted(currency, other.currency));
        }
        return other.amount;
    }

    private static void requireKnown(String currency) {
        try {
            if (currency != null && Currency.getInstance(currency).getDefaultFractionDigits() >= 0) {
                return;
            }
        } catch (IllegalArgumentException unknown) {
            // falls through to the one refusal
        }
        throw new Refusal(Refusal.Kind.INVALID, "unknown_currency",
                "'%s' is not an ISO 4217 currency code.".formatted(currency));
    }

    @Override
    public String toString() {
        return amount + " " + currency;
    }
}
