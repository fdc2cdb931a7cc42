package io.orderflow.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @Property
    void parts_add_up_to_the_whole(@ForAll("currencies") String currency, @ForAll long amount,
            @ForAll("weights") List<Long> weights) {
        var whole = new Money(currency, amount == Long.MIN_VALUE ? amount + 1 : amount);

        var parts = whole.split(weights);

        assertThat(parts).hasSameSizeAs(weights);
        assertThat(parts.stream().reduce(Money.zero(currency), Money::plus)).isEqualTo(whole);
    }

    @Property
    void every_part_is_less_than_one_unit_away_from_its_exact_share(@ForAll("amounts") long amount,
            @ForAll("weights") List<Long> weights) {
        var sum = weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        var parts = new Money("EUR", amount).split(weights);

        for (int part = 0; part < parts.size(); part++) {
            var error = BigInteger.valueOf(parts.get(part).amount()).multiply(sum)
                    .subtract(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(weights.get(part))));
            assertThat(error.abs()).isLessThan(sum);
        }
    }

    @Property
    void who_weighs_more_never_gets_less(@ForAll("amounts") long amount, @ForAll("weights") List<Long> weights) {
        var ascending = new ArrayList<>(weights);
        Collections.sort(ascending);

        assertThat(new Money("EUR", Math.abs(amount)).split(ascending.stream().sorted(Collections.reverseOrder())
                .toList())).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Property
    void whoever_weighs_nothing_gets_nothing(@ForAll("amounts") long amount, @ForAll("weights") List<Long> weights) {
        var withNothing = new ArrayList<>(weights);
        withNothing.add(0L);

        assertThat(new Money("JPY", amount).split(withNothing)).last().isEqualTo(Money.zero("JPY"));
    }

    @Property
    void its_text_means_the_same_as_the_minor_units(@ForAll("currencies") String currency,
            @ForAll("amounts") long amount) {
        var decimal = new BigDecimal(new Money(currency, amount).toString().substring("EUR ".length()));

        assertThat(decimal.scale()).isEqualTo(Currency.getInstance(currency).getDefaultFractionDigits());
        assertThat(decimal.unscaledValue()).isEqualTo(BigInteger.valueOf(amount));
    }

    @ParameterizedTest
    @CsvSource({"JPY,2498,JPY 2498", "EUR,2498,EUR 24.98", "KWD,2498,KWD 2.498", "CLF,1299,CLF 0.1299",
            "EUR,5,EUR 0.05", "EUR,0,EUR 0.00", "HUF,-2498,HUF -24.98", "EUR,10000000000000,EUR 100000000000.00"})
    void is_written_with_the_decimals_of_its_currency_in_every_language(String currency, long amount, String text) {
        for (String language : List.of("en-US", "de-DE", "ar-SA-u-nu-arab", "hi-IN-u-nu-deva", "tr-TR")) {
            var before = Locale.getDefault();
            Locale.setDefault(Locale.forLanguageTag(language));
            try {
                assertThat(new Money(currency, amount)).as(language).hasToString(text);
            } finally {
                Locale.setDefault(before);
            }
        }
    }

    @Example
    void an_amount_of_an_unknown_currency_is_written_too() {
        assertThat(Money.text("ZZZ", 2498)).isEqualTo("ZZZ 2498 minor units");
    }

    @Example
    void the_larger_remainder_gets_the_unit_that_is_left() {
        assertThat(new Money("EUR", 100).split(List.of(1L, 1L, 1L))).extracting(Money::amount)
                .containsExactly(34L, 33L, 33L);
        assertThat(new Money("EUR", 100).split(List.of(6L, 2L, 5L))).extracting(Money::amount)
                .containsExactly(46L, 15L, 39L);
        assertThat(new Money("EUR", -100).split(List.of(1L, 1L, 1L))).extracting(Money::amount)
                .containsExactly(-34L, -33L, -33L);
    }

    @Example
    void nothing_can_be_split_by_nothing() {
        for (var weights : List.of(List.<Long>of(), List.of(0L, 0L), List.of(1L, -1L))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Money("EUR", 1).split(weights));
        }
    }

    @Example
    void no_sum_is_ever_rounded_or_wrapped() {
        var most = new Money("EUR", Long.MAX_VALUE);

        assertThatThrownBy(() -> most.plus(new Money("EUR", 1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.times(new Quantity(2))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.plus(new Money("USD", 1))).isInstanceOf(Refusal.class);
    }

    @Provide
    Arbitrary<String> currencies() {
        return Arbitraries.of("JPY", "EUR", "KWD", "CLF");
    }

    @Provide
    Arbitrary<Long> amounts() {
        return Arbitraries.longs().between(-10_000_000_000_000L, 10_000_000_000_000L);
    }

    @Provide
    Arbitrary<List<Long>> weights() {
        return Arbitraries.longs().between(0, 1_000_000_000_000L).list().ofMinSize(1).ofMaxSize(20)
                .filter(weights -> weights.stream().anyMatch(weight -> weight > 0));
    }
}
