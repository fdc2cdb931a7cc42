package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

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

    /**
     * Parts in proportion to these weights that add up to exactly this amount, by largest remainder (Hamilton's
     * method): every part is its exact share rounded down, and the units that are left over go one by one to the parts
     * that lost most by rounding, the earlier of equals first.
     *
     * @param weights not negative, and not all zero
     */
    public List<Money> split(List<Long> weights) {
        if (weights.stream().anyMatch(weight -> weight < 0) || weights.stream().noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException("Weights are not negative, and not all zero: " + weights);
        }
        var whole = BigInteger.valueOf(amount).abs();
        var sum = weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        var shares = weights.stream().map(weight -> BigInteger.valueOf(weight).multiply(whole).divideAndRemainder(sum))
                .toList();
        long[] parts = shares.stream().mapToLong(share -> share[0].longValueExact()).toArray();
        long left = whole.subtract(BigInteger.valueOf(LongStream.of(parts).sum())).longValueExact();
        IntStream.range(0, parts.length).boxed()
                .sorted(Comparator.comparing((Integer part) -> shares.get(part)[1]).reversed())
                .limit(left).forEach(part -> parts[part]++);
        return LongStream.of(parts).mapToObj(part -> new Money(currency, amount < 0 ? -part : part)).toList();
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
        if (decimals(currency) < 0) {
            throw new Refusal(Refusal.Kind.INVALID, "unknown_currency",
                    "'%s' is not an ISO 4217 currency code.".formatted(currency));
        }
    }

    /** The number of decimals of amounts in a currency; negative when amounts cannot be in it. */
    private static int decimals(@Nullable String currency) {
        try {
            return currency == null ? -1 : Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (IllegalArgumentException unknown) {
            return -1;
        }
    }

    /**
     * Minor units as text: {@code EUR 12.99}, {@code JPY 1299}, {@code KWD 1.299}. The one format of amounts in texts;
     * it does not depend on the locale.
     *
     * @param currency may be an unknown one, as in the ledger of a gateway
     */
    public static String text(String currency, long amount) {
        int decimals = decimals(currency);
        return currency + ' ' + (decimals < 0 ? amount + " minor units"
                : BigDecimal.valueOf(amount, decimals).toPlainString());
    }

    /** The text of {@link #text}. */
    @Override
    public String toString() {
        return text(currency, amount);
    }
}
