package io.orderflow.payment.gateway.stripe;

import io.orderflow.shared.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Amounts in Stripe's units, which are not always the minor units of ISO 4217 (docs.stripe.com/currencies:
 * "Zero-decimal currencies", "Three-decimal currencies", "Special cases"). Nothing is rounded: an amount that Stripe
 * cannot represent does not exist there.
 */
final class StripeAmounts {

    /** Without a fraction, MGA among them, whose minor unit ISO 4217 counts in hundredths. */
    private static final Set<String> ZERO_DECIMAL = Set.of("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA",
            "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    /** The last decimal has to be 0. */
    private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
    /** Two decimals, always 00, though ISO 4217 has none. UGX is in both of Stripe's lists. */
    private static final Set<String> WHOLE_IN_HUNDREDTHS = Set.of("ISK", "UGX");

    private StripeAmounts() {
    }

    /** @return empty when Stripe takes no such amount */
    static OptionalLong of(Money money) {
        try {
            var code = money.currency();
            long amount = rescale(money.amount(), isoDigits(code), digits(code));
            return amount % step(code) == 0 ? OptionalLong.of(amount) : OptionalLong.empty();
        } catch (ArithmeticException | IllegalArgumentException notRepresentable) {
            return OptionalLong.empty();
        }
    }

    /** The exact inverse of {@link #of}. */
    static Optional<Money> money(String currency, long amount) {
        try {
            var code = currency.toUpperCase(Locale.ROOT);
            return amount % step(code) == 0
                    ? Optional.of(new Money(code, rescale(amount, digits(code), isoDigits(code)))) : Optional.empty();
        } catch (ArithmeticException | IllegalArgumentException notRepresentable) {
            return Optional.empty();
        }
    }

    static String currency(Money money) {
        return money.currency().toLowerCase(Locale.ROOT);
    }

    /** @throws ArithmeticException when that would round or overflow */
    private static long rescale(long amount, int from, int to) {
        return BigDecimal.valueOf(amount, from).setScale(to, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    private static int digits(String code) {
        return ZERO_DECIMAL.contains(code) ? 0 : THREE_DECIMAL.contains(code) ? 3 : 2;
    }

    private static long step(String code) {
        return THREE_DECIMAL.contains(code) ? 10 : 1;
    }

    /** @throws IllegalArgumentException when the currency is unknown to Stripe or to ISO 4217 */
    private static int isoDigits(String code) {
        int digits = Currency.getInstance(code).getDefaultFractionDigits();
        if (digits != digits(code) && !ZERO_DECIMAL.contains(code) && !WHOLE_IN_HUNDREDTHS.contains(code)) {
            throw new IllegalArgumentException(code);
        }
        return digits;
    }
}
