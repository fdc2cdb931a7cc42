package io.orderflow.tracking;

import static io.orderflow.tracking.Stories.NOON;
import static io.orderflow.tracking.Stories.ON_STAFF;
import static io.orderflow.tracking.Stories.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderflow.order.event.OrderLine;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

class TimelineMessagesTest {

    private static final Stories STORY = new Stories(new OrderId("ord_1"));

    @Nested
    class completeness {

        static Stream<Class<?>> facts() {
            var scanner = new ClassPathScanningCandidateComponentProvider(false);
            scanner.addIncludeFilter(new AssignableTypeFilter(OrderFact.class));
            return Stream.of("order", "payment", "inventory")
                    .map(module -> scanner.findCandidateComponents("io.orderflow." + module + ".event"))
                    .peek(found -> assertThat(found).isNotEmpty())
                    .flatMap(found -> found.stream())
                    .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null));
        }

        @ParameterizedTest
        @MethodSource("facts")
        void has_a_text_for_every_event_about_an_order(Class<?> fact) {
            assertThat(TimelineMessages.isDefinedFor(fact)).as("a text for %s", fact.getSimpleName()).isTrue();
        }

        @Test
        void refuses_an_event_without_a_text() {
            record Surprise(OrderId orderId) implements OrderFact {
            }
            assertThatIllegalStateException().isThrownBy(() -> TimelineMessages.of(new Surprise(STORY.order())))
                    .withMessageContaining("Surprise");
        }
    }

    @Nested
    class stock {

        @Test
        void names_units_and_sku() {
            says(STORY.reserved(), "2 × COFFEE-1KG reserved");
            says(STORY.shipped(), "2 × COFFEE-1KG shipped");
            says(STORY.released(2), "2 × COFFEE-1KG released");
        }

        @Test
        void says_when_there_was_nothing_to_release() {
            says(STORY.released(0), "No COFFEE-1KG was reserved: nothing to release");
        }

        @Test
        void says_why_it_was_refused() {
            says(STORY.refused("out_of_stock", 1), "2 × COFFEE-1KG could not be reserved: 1 available");
            says(STORY.refused("unknown_sku", 0), "2 × COFFEE-1KG could not be reserved: unknown SKU");
        }
    }

    @Nested
    class money {

        @ParameterizedTest
        @CsvSource({"EUR,12990,EUR 129.90", "EUR,5,EUR 0.05", "JPY,12990,JPY 12990", "KWD,12990,KWD 12.990"})
        void has_the_decimals_of_its_currency(String currency, long amount, String text) {
            says(STORY.authorized(new Money(currency, amount)), text + " authorized");
        }

        @Test
        void says_what_was_captured_in_total_once_it_is_more() {
            says(STORY.captured(12990, 12990), "EUR 129.90 captured");
            says(STORY.captured(2990, 12990), "EUR 29.90 captured, EUR 129.90 in total");
        }

        @Test
        void is_reversed_by_its_kind() {
            says(STORY.reversed(ReversalKind.ABANDONED), "Payment abandoned: nothing was authorized");
            says(STORY.reversed(ReversalKind.VOIDED), "EUR 129.90 voided");
            says(STORY.reversed(ReversalKind.REFUNDED), "EUR 129.90 refunded");
        }

        @Test
        void names_the_reason_or_at_least_the_code() {
            says(STORY.declined("Not enough money."), "Payment declined: Not enough money.");
            says(STORY.declined(null), "Payment declined: card declined");
        }
    }

    @Nested
    class order {

        @Test
        void names_reference_lines_and_total() {
            says(STORY.placed(), "Order R-1 placed: 2 × COFFEE-1KG for EUR 129.90");
        }

        @Test
        void names_three_lines_and_counts_the_rest() {
            says(STORY.placed(IntStream.rangeClosed(1, 5).mapToObj(line ->
                            new OrderLine(new Sku("TEA-" + line), new Quantity(line), euro(1))).toArray(OrderLine[]::new)),
                    "Order R-1 placed: 1 × TEA-1, 2 × TEA-2, 3 × TEA-3 and 2 more for EUR 129.90");
        }

        @Test
        void names_the_carrier_as_far_as_it_is_known() {
            says(STORY.dispatched(true, "DHL", "42"),
                    "2 × COFFEE-1KG dispatched with DHL, tracking number 42; nothing remains");
            says(STORY.dispatched(false, null, null), "2 × COFFEE-1KG dispatched; the rest follows");
        }

        @Test
        void names_a_reason_if_there_is_one() {
            says(STORY.cancellation("too slow"), "Cancellation requested: too slow");
            says(STORY.cancellation(null), "Cancellation requested");
            says(STORY.rejected("Out of coffee."), "Order rejected: Out of coffee.");
            says(STORY.rejected(""), "Order rejected: out of stock");
        }

        @Test
        void names_what_came_back_and_what_it_is_worth() {
            says(STORY.goodsReturned(),
                    "1 × COFFEE-1KG, 1 × COFFEE-1KG (damaged) returned, worth EUR 129.90: too bitter");
            says(STORY.stockReturned(false), "1 × COFFEE-1KG back in stock");
            says(STORY.stockReturned(true), "1 × COFFEE-1KG returned damaged");
        }

        @Test
        void names_how_a_return_was_closed() {
            says(STORY.returnClosed(null), "Return closed: the goods are in stock and the money is refunded");
            says(STORY.returnClosed("paid in cash"), "Return closed by hand: paid in cash");
        }

        @Test
        void cuts_what_is_too_long_to_keep() {
            assertThat(TimelineMessages.of(STORY.cancellation("so ".repeat(1000)))).hasSize(TimelineMessages.LONGEST).endsWith("…");
        }
    }

    @Nested
    class waiting {

        @Test
        void names_whom_for_what_and_until_when() {
            says(STORY.waiting(ON_STAFF), "Waiting for staff to dispatch");
        }

        @Test
        void names_no_end_where_there_is_none() {
            says(STORY.waiting(Stories.ON_STOCK), "Waiting for stock to be reserved");
        }

        @Test
        void says_when_it_is_over() {
            says(STORY.waiting(null), "No longer waiting");
        }

        @ParameterizedTest
        @EnumSource
        void names_whatever_is_awaited(Code code) {
            assertThat(TimelineMessages.of(STORY.waiting(new WaitingOn(code, NOON, null)))).startsWith("Waiting for ");
        }
    }

    private static void says(OrderFact fact, String text) {
        assertThat(TimelineMessages.of(fact)).isEqualTo(text);
    }
}
