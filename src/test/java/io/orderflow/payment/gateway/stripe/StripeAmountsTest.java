package io.orderflow.payment.gateway.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.shared.Money;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeAmountsTest {

    @ParameterizedTest
    @CsvSource({"EUR, 1299, 1299", "USD, 50, 50", "HUF, 1045, 1045", "TWD, 80045, 80045",
            "JPY, 500, 500", "BIF, 7, 7", "CLP, 7, 7", "DJF, 7, 7", "GNF, 7, 7", "KMF, 7, 7", "KRW, 7, 7", "PYG, 7, 7",
            "RWF, 7, 7", "VND, 7, 7", "VUV, 7, 7", "XAF, 7, 7", "XOF, 7, 7", "XPF, 7, 7", "MGA, 700, 7",
            "ISK, 5, 500", "UGX, 5, 500",
            "BHD, 5120, 5120", "JOD, 10, 10", "KWD, 5120, 5120", "OMR, 10, 10", "TND, 10, 10"})
    void are_written_as_stripe_documents(String currency, long minorUnits, long stripes) {
        assertThat(StripeAmounts.of(new Money(currency, minorUnits))).hasValue(stripes);
        assertThat(StripeAmounts.money(currency.toLowerCase(Locale.ROOT), stripes))
                .contains(new Money(currency, minorUnits));
    }

    @ParameterizedTest
    @CsvSource({"KWD, 5124", "BHD, 1", "MGA, 750", "IQD, 1000", "LYD, 1000", "CLF, 10000", "UYI, 5",
            "ISK, 9223372036854775807"})
    void that_stripe_cannot_take_are_none(String currency, long minorUnits) {
        assertThat(StripeAmounts.of(new Money(currency, minorUnits))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"isk 550", "ugx 1", "kwd 5124", "iqd 1000", "xxx 1", "usdc 100"})
    void that_are_no_money_of_ours_are_none(String amount) {
        var words = amount.split(" ");

        assertThat(StripeAmounts.money(words[0], Long.parseLong(words[1]))).isEmpty();
    }

    @Property(tries = 20_000)
    void come_back_exactly_as_they_went(@ForAll("money") Money money) {
        StripeAmounts.of(money).ifPresent(amount ->
                assertThat(StripeAmounts.money(StripeAmounts.currency(money), amount)).contains(money));
    }

    @Property(tries = 20_000)
    void go_exactly_as_they_came(@ForAll("currencies") String currency, @ForAll("amounts") long amount) {
        StripeAmounts.money(currency, amount).ifPresent(money ->
                assertThat(StripeAmounts.of(money)).hasValue(amount));
    }

    @Provide
    Arbitrary<Money> money() {
        return currencies().flatMap(currency -> amounts().map(amount -> new Money(currency, amount)));
    }

    @Provide
    Arbitrary<String> currencies() {
        return Arbitraries.of(all());
    }

    @Provide
    Arbitrary<Long> amounts() {
        return Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(0, 1_000_000),
                Arbitraries.longs().between(0, 10_000).map(amount -> amount * 100));
    }

    private static List<String> all() {
        return Currency.getAvailableCurrencies().stream().filter(known -> known.getDefaultFractionDigits() >= 0)
                .map(Currency::getCurrencyCode).sorted().toList();
    }
}
