package io.orderflow.fulfillment;

import static io.orderflow.fulfillment.Facts.BEANS;
import static io.orderflow.fulfillment.Facts.CUP;
import static io.orderflow.fulfillment.Facts.ORDER;
import static io.orderflow.fulfillment.Facts.broken;
import static io.orderflow.fulfillment.Facts.close;
import static io.orderflow.fulfillment.Facts.good;
import static io.orderflow.fulfillment.Facts.goodsReturned;
import static io.orderflow.fulfillment.Facts.refund;
import static io.orderflow.fulfillment.Facts.restock;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.platform.store.ProductionSerializer;
import io.orderflow.shared.WaitingOn.Code;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.json.JacksonSerializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AfterSalesProgressTest {

    private static final Serializer STORE = ProductionSerializer.create();
    private static final ObjectMapper JSON = ((JacksonSerializer) STORE).getObjectMapper();

    private final AfterSalesProgress progress = new AfterSalesProgress(ORDER);

    @Nested
    class What_is_awaited {

        @Test
        void is_staff_as_soon_as_one_refund_of_many_needs_it() {
            progress.refundRequested("ref_1", "op_1");
            progress.refundRequested("ref_2", "op_2");
            progress.uncertain("op_1");
            progress.refundFailed("ref_2", true);

            assertThat(progress.awaited()).isEqualTo(Code.REFUND_FAILED);
        }

        @Test
        void is_a_refund_that_nobody_has_taken_up_yet() {
            progress.returned(goodsReturned("ret_1", 1000, good(CUP, 1)));

            assertThat(progress.awaited()).isEqualTo(Code.REFUND);
            assertThat(progress.outstanding()).contains(refund("ret_1", 1000));
        }

        @Test
        void is_nobody_for_what_was_stuck_once_nothing_is_outstanding() {
            progress.refundRequested("ref_1", "op_1");
            progress.stepFailed(true);

            assertThat(progress.awaited()).isEqualTo(Code.REFUND);
        }

        @Test
        void is_not_staff_for_a_return_that_comes_after_one_that_was_stuck() {
            progress.returned(goodsReturned("ret_1", 1000, good(CUP, 1)));
            progress.stepFailed(true);
            assertThat(progress.awaited()).isEqualTo(Code.STEP_FAILED);

            assertThat(progress.closed("ret_1")).isEmpty();
            progress.returned(goodsReturned("ret_2", 1000, good(CUP, 1)));

            assertThat(progress.awaited()).isEqualTo(Code.REFUND);
        }

        @Test
        void asks_again_for_the_others_when_one_of_the_stuck_returns_is_closed() {
            progress.returned(goodsReturned("ret_1", 1000, good(CUP, 1)));
            progress.returned(goodsReturned("ret_2", 1800, broken(BEANS, 1)));
            progress.stepFailed(true);

            assertThat(progress.closed("ret_1"))
                    .containsExactly(refund("ret_2", 1800), restock("ret_2", BEANS, 1, true));
        }
    }

    @Nested
    class A_return {

        @Test
        void is_not_closed_by_a_refund_that_bounced_before_the_goods_were_in_stock() {
            progress.returned(goodsReturned("ret_1", 1000, good(CUP, 1)));
            progress.refundRequested("ret_1", "op_1");
            progress.refunded("ret_1");
            progress.refundFailed("ret_1", true);

            assertThat(progress.stocked("ret_1", CUP, false)).isEmpty();
            assertThat(progress.refunded("ret_1")).containsExactly(close("ret_1"));
        }

        @Test
        void keeps_after_sales_open_when_its_refund_bounces_after_it_was_closed() {
            progress.returned(goodsReturned("ret_1", 1000, good(CUP, 1)));
            progress.refunded("ret_1");
            progress.closed("ret_1");
            assertThat(progress.isOver()).isTrue();

            progress.refundFailed("ret_1", true);

            assertThat(progress.isOver()).isFalse();
            assertThat(progress.outstanding()).isEmpty();
        }

        @Test
        void is_closed_again_by_nobody() {
            progress.returned(goodsReturned("ret_1", 1000, good(CUP, 1)));
            progress.closed("ret_1");

            assertThat(progress.refunded("ret_1")).isEmpty();
            assertThat(progress.stocked("ret_1", CUP, false)).isEmpty();
        }
    }

    @Nested
    class The_store {

        static Stream<Consumer<AfterSalesProgress>> states() {
            return Stream.of(
                    progress -> progress.returned(goodsReturned("ret_1", 4600, good(CUP, 1), broken(BEANS, 2))),
                    progress -> {
                        progress.returned(goodsReturned("ret_1", 4600, good(CUP, 1), broken(BEANS, 2)));
                        progress.stocked("ret_1", BEANS, true);
                        progress.refundRequested("ret_1", "op_1");
                        progress.uncertain("op_1");
                        progress.stepFailed(true);
                    },
                    progress -> {
                        progress.returned(goodsReturned("ret_1", 1000, good(CUP, 1)));
                        progress.refundPostponed("ref_2");
                        progress.refundFailed("ref_3", true);
                        progress.refundRequested("ref_4", "op_4");
                        progress.refunded("ref_4");
                    },
                    progress -> {
                        progress.returned(goodsReturned("ret_1", 0, good(CUP, 1)));
                        progress.stocked("ret_1", CUP, false);
                        progress.closed("ret_1");
                    });
        }

        @ParameterizedTest
        @MethodSource("states")
        void brings_progress_back_as_if_it_had_never_been_stored(Consumer<AfterSalesProgress> happened)
                throws Exception {
            happened.accept(progress);

            var read = JSON.readValue(JSON.writeValueAsString(progress), AfterSalesProgress.class);

            assertThat(read).usingRecursiveComparison().isEqualTo(progress);
            assertThat(read.outstanding()).isEqualTo(progress.outstanding());
            assertThat(read.awaited()).isEqualTo(progress.awaited());
        }

        @Test
        void brings_a_saga_back_with_its_deadline_and_what_it_said() {
            String json = """
                    {"waitingOn":{"party":"staff","code":"refund_failed","since":"2026-03-02T12:00:00Z",
                      "deadline":null},
                     "phase":"REFUND_FAILED",
                     "deadline":{"scheduled":{"id":"42","due":"2026-03-02T12:30:00Z"},
                      "due":"2026-03-02T12:40:00Z","attempts":4},
                     "progress":{"orderId":"ord_1","returns":{},"refunds":{"ref_1":{"state":"FAILED",
                      "operationId":null}},"stuck":false}}""";

            AfterSales saga = STORE.deserialize(new SimpleSerializedObject<>(json, String.class,
                    "fulfillment.AfterSales", null));

            var stored = STORE.serialize(saga, String.class);
            assertThat(stored.getType().getName()).isEqualTo("fulfillment.AfterSales");
            assertThat(stored.getData()).isEqualTo(json.replaceAll("\\s", ""));
        }
    }

    @Test
    void hears_of_returns_that_it_does_not_know_without_a_word() {
        assertThat(progress.stocked("ret_1", CUP, false)).isEqualTo(List.of());
        assertThat(progress.closed("ret_1")).isEmpty();
    }
}
