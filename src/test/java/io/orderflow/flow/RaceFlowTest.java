package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RaceFlowTest {

    private static final int CLIENTS = 32;

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private RunningOrderflow orderflow;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data);
        shop = orderflow.shop();
    }

    @AfterAll
    void stop() {
        clients.shutdown();
        orderflow.close();
    }

    @Test
    void ten_units_go_to_exactly_ten_of_two_hundred_buyers() throws Exception {
        shop.receive("SCARCE", 10);
        List<String> orders = atOnce(200, n -> () -> shop.place("tok_ok", new Line("SCARCE", 1)));

        List<JsonNode> settled = settled(orders);
        assertThat(withStatus(settled, "confirmed")).hasSize(10);
        assertThat(withStatus(settled, "rejected")).hasSize(190)
                .allSatisfy(order -> assertThat(order.path("rejection").path("code").asText())
                        .isEqualTo("out_of_stock"));
        await().untilAsserted(() -> {
            assertThat(shop.stock("SCARCE").path("reserved").asInt()).isEqualTo(10);
            assertThat(shop.stock("SCARCE").path("on_hand").asInt()).isEqualTo(10);
        });
    }

    @Test
    void orders_that_name_the_same_skus_in_opposite_order_do_not_block_each_other() throws Exception {
        shop.receive("LEFT", 60);
        shop.receive("RIGHT", 60);
        List<String> orders = atOnce(100, n -> () -> n % 2 == 0
                ? shop.place("tok_ok", new Line("LEFT", 1), new Line("RIGHT", 1))
                : shop.place("tok_ok", new Line("RIGHT", 1), new Line("LEFT", 1)));

        List<JsonNode> settled = settled(orders);
        assertThat(withStatus(settled, "confirmed")).hasSize(60);
        assertThat(withStatus(settled, "rejected")).hasSize(40);
        await().untilAsserted(() -> {
            assertThat(shop.stock("LEFT").path("reserved").asInt()).isEqualTo(60);
            assertThat(shop.stock("RIGHT").path("reserved").asInt()).isEqualTo(60);
        });
    }

    @Test
    void a_hundred_repetitions_of_one_request_place_one_order() throws Exception {
        shop.receive("TWINS", 10);
        String order = Shop.order("tok_ok", new Line("TWINS", 1));
        List<String> orders = atOnce(100, n -> () -> shop.post("/v1/orders", order, "twins").expect(201).id());

        assertThat(orders).hasSize(100).containsOnly(orders.get(0));
        shop.awaitStatus(orders.get(0), "confirmed");
        assertThat(shop.stock("TWINS").path("reserved").asInt()).isEqualTo(1);
    }

    @Test
    void a_hundred_orders_with_one_reference_are_one_order() throws Exception {
        shop.receive("ALIKE", 100);
        String order = Shop.order("tok_ok", new Line("ALIKE", 1)).replace("R-1", "ALIKE");
        List<Shop.Answer> answers = atOnce(100, n -> () -> shop.post("/v1/orders", order));

        List<Shop.Answer> refused = answers.stream().filter(answer -> answer.status() == 409).toList();
        String placed = answers.stream().filter(answer -> answer.status() == 201).findAny().orElseThrow().id();
        assertThat(refused).hasSize(99).allSatisfy(answer -> assertThat(answer.text("order_id")).isEqualTo(placed));
        assertThat(shop.get("/v1/orders?reference=ALIKE").body().path("items")).hasSize(1);
    }

    @Test
    void a_hundred_repetitions_of_one_receipt_add_its_units_once() throws Exception {
        List<Integer> onHand = atOnce(100, n -> () -> shop.post("/v1/stock/RECEIPTS/receipts", "{\"quantity\":7}",
                "receipts").expect(201).body().path("on_hand").asInt());

        assertThat(onHand).hasSize(100).containsOnly(7);
        assertThat(shop.stock("RECEIPTS").path("on_hand").asInt()).isEqualTo(7);
    }

    private List<JsonNode> settled(List<String> orders) {
        return orders.stream().map(id -> await().until(
                () -> shop.get("/v1/orders/" + id).expect(200).body(),
                order -> !order.path("status").asText().equals("placed"))).toList();
    }

    private static List<JsonNode> withStatus(List<JsonNode> orders, String status) {
        return orders.stream().filter(order -> order.path("status").asText().equals(status)).toList();
    }

    private interface Work<T> {

        Callable<T> number(int n);
    }

    private <T> List<T> atOnce(int times, Work<T> work) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> each : clients.invokeAll(IntStream.range(0, times).mapToObj(work::number).toList())) {
            results.add(each.get());
        }
        return results;
    }
}
