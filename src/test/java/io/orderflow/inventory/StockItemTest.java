package io.orderflow.inventory;

import static io.orderflow.inventory.Stock.ANNA;
import static io.orderflow.inventory.Stock.BERT;
import static io.orderflow.inventory.Stock.MUG;
import static io.orderflow.inventory.Stock.change;
import static io.orderflow.inventory.Stock.changeAt;
import static io.orderflow.inventory.Stock.changed;
import static io.orderflow.inventory.Stock.count;
import static io.orderflow.inventory.Stock.countExpecting;
import static io.orderflow.inventory.Stock.counted;
import static io.orderflow.inventory.Stock.receipt;
import static io.orderflow.inventory.Stock.receive;
import static io.orderflow.inventory.Stock.received;
import static io.orderflow.inventory.Stock.refused;
import static io.orderflow.inventory.Stock.release;
import static io.orderflow.inventory.Stock.released;
import static io.orderflow.inventory.Stock.reserve;
import static io.orderflow.inventory.Stock.reserved;
import static io.orderflow.inventory.Stock.returned;
import static io.orderflow.inventory.Stock.returnedDamaged;
import static io.orderflow.inventory.Stock.ship;
import static io.orderflow.inventory.Stock.shipped;
import static io.orderflow.inventory.Stock.takeBack;
import static io.orderflow.inventory.Stock.takeBackDamaged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.axonframework.test.matchers.Matchers.matches;

import io.orderflow.inventory.command.AdjustStock;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StockItemTest {

    private final FixtureConfiguration<StockItem> stock = new AggregateTestFixture<>(StockItem.class);

    @Nested
    class receiving {

        @Test
        void the_first_receipt_makes_the_sku_known() {
            stock.givenNoPriorActivity().when(receive(10))
                    .expectEvents(received(10))
                    .expectResultMessagePayload(receipt("mov_delivery10", 10, 10, 0));
        }

        @Test
        void counts_once_however_often_it_is_sent() {
            stock.given(received(10), changed(-3)).when(receive(10)).expectNoEvents()
                    .expectResultMessagePayload(receipt("mov_delivery10", 10, 10, 0));
            stock.given(received(10), changed(-3)).when(change(-3)).expectNoEvents()
                    .expectResultMessagePayload(receipt("mov_change", -3, 7, 0));
        }

        @Test
        void adds_to_what_is_on_hand() {
            stock.given(received(10), reserved(ANNA, 4)).when(receive(5))
                    .expectEvents(received(5))
                    .expectResultMessagePayload(receipt("mov_delivery5", 5, 15, 4));
        }

        @Test
        void makes_a_sku_known_that_orders_asked_for_before() {
            stock.given(refused(ANNA, 1, 0, "unknown_sku")).when(receive(10)).expectEvents(received(10));
        }

        @Test
        void fills_the_shelf_to_the_last_place() {
            stock.given(received(Quantity.MAX - 1)).when(receive(1)).expectEvents(received(1));
        }

        @Test
        void refuses_more_than_there_is_room_for() {
            expectRefused(stock.given(received(Quantity.MAX)).when(receive(1)),
                    Refusal.Kind.INVALID, "quantity_too_large",
                    Map.of("on_hand", Quantity.MAX, "maximum", Quantity.MAX));
        }

        @Test
        void refuses_nothing_at_all() {
            expectRefused(stock.givenNoPriorActivity().when(receive(0)),
                    Refusal.Kind.INVALID, "invalid_quantity", Map.of());
        }
    }

    @Nested
    class adjusting {

        @Test
        void takes_away_what_is_lost() {
            stock.given(received(10)).when(change(-3))
                    .expectEvents(changed(-3))
                    .expectResultMessagePayload(receipt("mov_change", -3, 7, 0));
        }

        @Test
        void adds_what_is_found() {
            stock.given(received(10)).when(change(2))
                    .expectEvents(changed(2))
                    .expectResultMessagePayload(receipt("mov_change", 2, 12, 0));
        }

        @Test
        void goes_by_a_count() {
            stock.given(received(10), changed(-1)).when(count(4))
                    .expectEvents(counted(-5))
                    .expectResultMessagePayload(receipt("mov_count", -5, 4, 0));
        }

        @Test
        void goes_by_a_count_that_expected_what_is_on_hand() {
            stock.given(received(10)).when(countExpecting(10, 12)).expectEvents(counted(2));
        }

        @Test
        void holds_to_the_version_that_the_caller_saw() {
            stock.given(received(10), reserved(ANNA, 1), refused(BERT, 99, 9, "out_of_stock")).when(changeAt(1, 2))
                    .expectEvents(changed(2));
            expectRefused(stock.given(received(10), reserved(ANNA, 1)).when(changeAt(0, 2)),
                    Refusal.Kind.PRECONDITION_FAILED, "stale_version", Map.of("version", 1L));
        }

        @Test
        void has_nothing_to_correct_when_the_count_agrees() {
            stock.given(received(10)).when(count(10))
                    .expectNoEvents()
                    .expectResultMessagePayload(receipt("mov_count", 0, 10, 0));
        }

        @Test
        void may_leave_just_what_is_reserved() {
            stock.given(received(10), reserved(ANNA, 4)).when(count(4)).expectEvents(counted(-6));
        }

        @Test
        void refuses_to_go_below_what_is_reserved() {
            expectRefused(stock.given(received(10), reserved(ANNA, 4)).when(change(-7)),
                    Refusal.Kind.CONFLICT, "below_reserved", Map.of("on_hand", 10, "reserved", 4, "requested", 3L));
        }

        @Test
        void refuses_to_go_below_zero() {
            expectRefused(stock.given(received(10)).when(change(Integer.MIN_VALUE)), Refusal.Kind.CONFLICT,
                    "below_reserved", Map.of("on_hand", 10, "reserved", 0, "requested", 10L + Integer.MIN_VALUE));
        }

        @Test
        void refuses_a_count_that_expected_something_else() {
            expectRefused(stock.given(received(10), reserved(ANNA, 1), shipped(ANNA, "shp_1", 1))
                    .when(countExpecting(10, 8)),
                    Refusal.Kind.CONFLICT, "stock_changed", Map.of("expected", 10, "on_hand", 9));
        }

        @Test
        void refuses_more_than_there_is_room_for() {
            expectRefused(stock.given(received(10)).when(change(Integer.MAX_VALUE)),
                    Refusal.Kind.INVALID, "quantity_too_large", Map.of("on_hand", 10, "maximum", Quantity.MAX));
        }

        @Test
        void refuses_a_sku_that_was_never_received() {
            expectRefused(stock.givenNoPriorActivity().when(count(10)),
                    Refusal.Kind.NOT_FOUND, "unknown_sku", Map.of());
        }

        @Test
        void refuses_a_sku_that_was_only_asked_for() {
            expectRefused(stock.given(refused(ANNA, 1, 0, "unknown_sku")).when(change(1)),
                    Refusal.Kind.NOT_FOUND, "unknown_sku", Map.of());
        }

        @Test
        void refuses_a_change_and_a_count_together() {
            expectRefused(stock.given(received(10)).when(adjust(1, 11)),
                    Refusal.Kind.INVALID, "invalid_adjustment", Map.of());
        }

        @Test
        void refuses_neither_a_change_nor_a_count() {
            expectRefused(stock.given(received(10)).when(adjust(null, null)),
                    Refusal.Kind.INVALID, "invalid_adjustment", Map.of());
        }

        @Test
        void refuses_a_change_by_nothing() {
            expectRefused(stock.given(received(10)).when(change(0)),
                    Refusal.Kind.INVALID, "invalid_adjustment", Map.of());
        }

        private static AdjustStock adjust(Integer change, Integer counted) {
            return new AdjustStock(MUG, "mov_1", change, counted, null, "count", null, ExpectedVersion.ANY);
        }
    }

    @Nested
    class reserving {

        @Test
        void holds_units_for_an_order() {
            stock.given(received(10)).when(reserve(ANNA, 4)).expectEvents(reserved(ANNA, 4));
        }

        @Test
        void holds_the_last_unit() {
            stock.given(received(10), reserved(ANNA, 9)).when(reserve(BERT, 1)).expectEvents(reserved(BERT, 1));
        }

        @Test
        void holds_once_for_each_order() {
            stock.given(received(10), reserved(ANNA, 4)).when(reserve(ANNA, 4))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void announces_that_too_little_is_available() {
            stock.given(received(10), reserved(ANNA, 8)).when(reserve(BERT, 3))
                    .expectSuccessfulHandlerExecution().expectEvents(refused(BERT, 3, 2, "out_of_stock"));
        }

        @Test
        void announces_that_the_sku_is_unknown() {
            stock.givenNoPriorActivity().when(reserve(ANNA, 1))
                    .expectSuccessfulHandlerExecution().expectEvents(refused(ANNA, 1, 0, "unknown_sku"));
        }

        @Test
        void announces_that_the_sku_is_unknown_each_time() {
            stock.given(refused(ANNA, 1, 0, "unknown_sku")).when(reserve(BERT, 1))
                    .expectEvents(refused(BERT, 1, 0, "unknown_sku"));
        }

        @Test
        void announces_that_a_sold_out_sku_is_out_of_stock() {
            stock.given(received(1), reserved(ANNA, 1), shipped(ANNA, "shp_1", 1)).when(reserve(BERT, 1))
                    .expectEvents(refused(BERT, 1, 0, "out_of_stock"));
        }

        @Test
        void has_again_what_was_released() {
            stock.given(received(10), reserved(ANNA, 10), released(ANNA, 10)).when(reserve(BERT, 10))
                    .expectEvents(reserved(BERT, 10));
        }
    }

    @Nested
    class releasing {

        @Test
        void gives_back_what_the_order_holds() {
            stock.given(received(10), reserved(ANNA, 4), reserved(BERT, 2)).when(release(ANNA))
                    .expectEvents(released(ANNA, 4));
        }

        @Test
        void gives_back_what_remains_after_a_shipment() {
            stock.given(received(10), reserved(ANNA, 4), shipped(ANNA, "shp_1", 1)).when(release(ANNA))
                    .expectEvents(released(ANNA, 3));
        }

        @Test
        void answers_also_when_nothing_is_held() {
            stock.given(received(10), reserved(BERT, 2)).when(release(ANNA)).expectEvents(released(ANNA, 0));
        }

        @Test
        void answers_also_when_it_was_released_before() {
            stock.given(received(10), reserved(ANNA, 4), released(ANNA, 4)).when(release(ANNA))
                    .expectEvents(released(ANNA, 0));
        }

        @Test
        void answers_also_for_an_unknown_sku() {
            stock.givenNoPriorActivity().when(release(ANNA)).expectEvents(released(ANNA, 0));
        }

        @Test
        void does_not_make_a_sku_known() {
            stock.given(released(ANNA, 0)).when(reserve(ANNA, 1)).expectEvents(refused(ANNA, 1, 0, "unknown_sku"));
        }
    }

    @Nested
    class shipping {

        @Test
        void takes_all_that_is_held() {
            stock.given(received(10), reserved(ANNA, 4)).when(ship(ANNA, "shp_1", 4))
                    .expectEvents(shipped(ANNA, "shp_1", 4));
        }

        @Test
        void takes_the_rest_with_the_next_shipment() {
            stock.given(received(10), reserved(ANNA, 4), shipped(ANNA, "shp_1", 1)).when(ship(ANNA, "shp_2", 3))
                    .expectEvents(shipped(ANNA, "shp_2", 3));
        }

        @Test
        void leaves_once_with_each_shipment() {
            stock.given(received(10), reserved(ANNA, 4), shipped(ANNA, "shp_1", 1)).when(ship(ANNA, "shp_1", 1))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void leaves_once_with_the_shipment_that_took_all() {
            stock.given(received(10), reserved(ANNA, 4), shipped(ANNA, "shp_1", 4)).when(ship(ANNA, "shp_1", 4))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void is_gone_from_the_shelf() {
            stock.given(received(10), reserved(ANNA, 4), shipped(ANNA, "shp_1", 4)).when(receive(1))
                    .expectResultMessagePayload(receipt("mov_delivery1", 1, 7, 0));
        }

        @Test
        void fails_for_more_than_is_held() {
            stock.given(received(10), reserved(ANNA, 4), reserved(BERT, 4)).when(ship(ANNA, "shp_1", 5))
                    .expectException(IllegalStateException.class).expectNoEvents();
        }

        @Test
        void fails_for_an_order_that_holds_nothing() {
            stock.givenNoPriorActivity().when(ship(ANNA, "shp_1", 1))
                    .expectException(IllegalStateException.class).expectNoEvents();
        }

        @Test
        void remembers_a_bounded_number_of_shipments() {
            var history = IntStream.rangeClosed(1, 101).boxed()
                    .flatMap(n -> Stream.of(reserved(ANNA, 1), shipped(ANNA, "shp_" + n, 1))).toList();
            stock.given(received(200)).andGiven(history).when(ship(ANNA, "shp_2", 1)).expectNoEvents()
                    .expectSuccessfulHandlerExecution()
                    .expectState(item -> assertThat(item).extracting("lastShipments")
                            .asInstanceOf(LIST).hasSize(100).doesNotContain("shp_1"));
        }
    }

    @Nested
    class returning {

        @Test
        void puts_good_units_back_on_the_shelf() {
            stock.given(received(10), reserved(ANNA, 4), shipped(ANNA, "shp_1", 4))
                    .when(takeBack(ANNA, "ret_1", 3)).expectEvents(returned(ANNA, "ret_1", 3));
            stock.given(received(10), reserved(ANNA, 4), shipped(ANNA, "shp_1", 4), returned(ANNA, "ret_1", 3))
                    .when(receive(1)).expectResultMessagePayload(receipt("mov_delivery1", 1, 10, 0));
        }

        @Test
        void changes_no_level_for_damaged_units() {
            stock.given(received(10), reserved(ANNA, 4), shipped(ANNA, "shp_1", 4))
                    .when(takeBackDamaged(ANNA, "ret_1", 3)).expectEvents(returnedDamaged(ANNA, "ret_1", 3));
            stock.given(received(10), reserved(ANNA, 4), shipped(ANNA, "shp_1", 4),
                    returnedDamaged(ANNA, "ret_1", 3)).when(receive(1))
                    .expectResultMessagePayload(receipt("mov_delivery1", 1, 7, 0));
        }

        @Test
        void takes_every_part_of_a_return_once() {
            stock.given(received(10), returned(ANNA, "ret_1", 1)).when(takeBack(ANNA, "ret_1", 1))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
            stock.given(received(10), returnedDamaged(ANNA, "ret_1", 1)).when(takeBackDamaged(ANNA, "ret_1", 1))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void tells_the_good_units_of_a_return_from_the_damaged_ones() {
            stock.given(received(10), returned(ANNA, "ret_1", 1)).when(takeBackDamaged(ANNA, "ret_1", 1))
                    .expectEvents(returnedDamaged(ANNA, "ret_1", 1));
        }

        @Test
        void still_knows_a_return_after_a_thousand_others() {
            var others = IntStream.range(0, 999).mapToObj(n -> returned(BERT, "ret_other_" + n, 1)).toList();
            stock.given(received(10), returned(ANNA, "ret_1", 1)).andGiven(others)
                    .when(takeBack(ANNA, "ret_1", 1)).expectSuccessfulHandlerExecution().expectNoEvents()
                    .expectState(item -> assertThat(item).extracting("lastReturns")
                            .asInstanceOf(COLLECTION).hasSize(1000));
        }

        @Test
        void remembers_a_bounded_number_of_returns() {
            var returns = IntStream.rangeClosed(0, 1000).mapToObj(n -> returned(BERT, "ret_" + n, 1)).toList();
            stock.given(received(10)).andGiven(returns).when(receive(1)).expectSuccessfulHandlerExecution()
                    .expectState(item -> assertThat(item).extracting("lastReturns")
                            .asInstanceOf(COLLECTION).hasSize(1000).doesNotContain("ret_0").contains("ret_1"));
        }

        @Test
        void is_never_refused_not_even_when_the_shelf_is_full() {
            stock.given(received(Quantity.MAX)).when(takeBack(ANNA, "ret_1", 5))
                    .expectEvents(returned(ANNA, "ret_1", 5));
        }

        @Test
        void leaves_an_overfull_shelf_in_order() {
            stock.given(received(Quantity.MAX), returned(ANNA, "ret_1", 5)).when(reserve(BERT, 1))
                    .expectEvents(reserved(BERT, 1));
            stock.given(received(Quantity.MAX), returned(ANNA, "ret_1", 5)).when(change(-1))
                    .expectEvents(changed(-1));
            expectRefused(stock.given(received(Quantity.MAX), returned(ANNA, "ret_1", 5)).when(receive(1)),
                    Refusal.Kind.INVALID, "quantity_too_large",
                    Map.of("on_hand", Quantity.MAX + 5, "maximum", Quantity.MAX));
        }

        @Test
        void can_be_sold_again() {
            stock.given(received(1), reserved(ANNA, 1), shipped(ANNA, "shp_1", 1), returned(ANNA, "ret_1", 1))
                    .when(reserve(BERT, 1)).expectEvents(reserved(BERT, 1));
        }

        @Test
        void is_taken_also_for_a_sku_nobody_knows() {
            stock.givenNoPriorActivity().when(takeBack(ANNA, "ret_1", 1)).expectEvents(returned(ANNA, "ret_1", 1));
        }
    }

    private static void expectRefused(ResultValidator<StockItem> result, Refusal.Kind kind, String code,
            Map<String, Object> attributes) {
        result.expectException(matches((Refusal refusal) -> refusal.details().kind() == kind
                && refusal.details().code().equals(code) && refusal.details().attributes().equals(attributes)))
                .expectNoEvents();
    }
}
