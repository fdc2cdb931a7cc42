package io.orderflow.payment.gateway.stripe;

import io.orderflow.shared.Money;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Amounts as Stripe writes them, which is not always in the minor units of ISO 4217 (docs.stripe.com/currencies:
 * "Zero-decimal currencies", "Three-decimal currencies", "Special cases"). What Stripe cannot take as it stands is not
 * rounded: it has no such amount.
 */
final class StripeAmounts {

    /** Written without a fraction, MGA among them, whose minor unit ISO 4217 counts in hundredths. */
    private static final Set<String> ZERO_DECIMAL = Set.of("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA",
            "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
    /** Have no fraction any more, yet are written with two decimals, always 00. UGX is in both of Stripe's lists. */
    private static final Set<String> WHOLE_IN_HUNDREDTHS = Set.of("ISK", "UGX");

    private StripeAmounts() {
    }

    /** In the unit that Stripe counts this currency in; empty when Stripe takes no such amount. */
    static OptionalLong of(Money money) {
        var code = money.currency();
        if (!isTaken(code)) {
            return OptionalLong.empty();
        }
        var amount = scaled(money.amount(), digits(code) - isoDigits(code));
        return amount.isPresent() && amount.getAsLong() % step(code) == 0 ? amount : OptionalLong.empty();
    }

    /** The exact inverse. */
    static Optional<Money> money(String currency, long amount) {
        var code = currency.toUpperCase(Locale.ROOT);
        if (!isKnown(code) || !isTaken(code) || amount % step(code) != 0) {
            return Optional.empty();
        }
        var minor = scaled(amount, isoDigits(code) - digits(code));
        return minor.isPresent() ? Optional.of(new Money(code, minor.getAsLong())) : Optional.empty();
    }

    /** As Stripe spells it. */
    static String currency(Money money) {
        return money.currency().toLowerCase(Locale.ROOT);
    }

    /** Currencies that Stripe does not name as special have two decimals; one that has not is none of Stripe's. */
    private static boolean isTaken(String code) {
        return digits(code) == isoDigits(code) || ZERO_DECIMAL.contains(code) || WHOLE_IN_HUNDREDTHS.contains(code);
    }

    private static int digits(String code) {
        return ZERO_DECIMAL.contains(code) ? 0 : THREE_DECIMAL.contains(code) ? 3 : 2;
    }

    /** What amounts are multiples of: the last of three decimals has to be 0. */
    private static long step(String code) {
        return THREE_DECIMAL.contains(code) ? 10 : 1;
    }

    private static int isoDigits(String code) {
        return Currency.getInstance(code).getDefaultFractionDigits();
    }

    private static boolean isKnown(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().equals(code) && known.getDefaultFractionDigits() >= 0);
    }

    private static OptionalLong scaled(long amount, int places) {
        long factor = 1;
        for (int i = 0; i < Math.abs(places); i++) {
            factor *= 10;
        }
        if (places < 0) {
            return amount % factor == 0 ? OptionalLong.of(amount / factor) : OptionalLong.empty();
        }
        boolean fits = amount <= Long.MAX_VALUE / factor && amount >= Long.MIN_VALUE / factor;
        return fits ? OptionalLong.of(amount * factor) : OptionalLong.empty();
    }
}
