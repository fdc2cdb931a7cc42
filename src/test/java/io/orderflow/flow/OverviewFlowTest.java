package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.inventory.query.FindStockLevels;
import io.orderflow.order.query.FindOrder;
import io.orderflow.packaged.DemoUser;
import io.orderflow.payment.query.FindPayment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.queryhandling.QueryBus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An order with its payment and its stock in one answer, when all is well and when some of it is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewFlowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What happens to a question, by its type, before it is answered. */
    private final Map<Class<?>, Callable<?>> trouble = new ConcurrentHashMap<>();
    private RunningOrderflow orderflow;
    private Shop shop;
    private String order;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data, "orderflow.overview.patience=" + PATIENCE.toMillis() + "ms",
                "resilience4j.circuitbreaker.configs.overview.wait-duration-in-open-state=300ms",
                "resilience4j.bulkhead.instances.overview-stock.max-concurrent-calls=2");
        shop = orderflow.shop().as(DemoUser.SHOP);
        orderflow.shop().receive("MUG", 1000);
        orderflow.shop().receive("TEE", 50);
        orderflow.bean(QueryBus.class).registerHandlerInterceptor((work, chain) -> {
            var cause = trouble.get(work.getMessage().getPayloadType());
            if (cause != null) {
                cause.call();
            }
            return chain.proceed();
        });
        order = shop.place("tok_ok", new Line("MUG", 2), new Line("TEE", 1));
        shop.awaitStatus(order, "confirmed");
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @BeforeEach
    void all_is_well() {
        orderflow.bean(CircuitBreakerRegistry.class).getAllCircuitBreakers().forEach(breaker -> breaker.reset());
    }

    @AfterEach
    void end_the_trouble() {
        trouble.clear();
    }

    @Test
    void holds_all_that_there_is() {
        JsonNode overview = overview().expect(200).body();

        assertThat(overview.path("order")).isEqualTo(shop.get("/v1/orders/" + order).body());
        assertThat(overview.path("payment")).isEqualTo(shop.payment(overview.path("order")));
        assertThat(overview.path("stock").findValuesAsText("sku")).containsExactly("MUG", "TEE");
        assertThat(overview.path("stock").path(0)).isEqualTo(shop.stock("MUG"));
        assertThat(overview.path("unavailable")).isEmpty();
    }

    @Test
    void does_without_a_part_that_hangs() {
        var released = new CountDownLatch(1);
        trouble.put(FindPayment.class, () -> released.await(1, TimeUnit.MINUTES));

        assertMissing(overview(), "payment", "timeout");
        released.countDown();
    }

    @Test
    void does_without_a_part_that_fails() {
        trouble.put(FindStockLevels.class, () -> {
            throw new IllegalStateException("on purpose");
        });

        assertMissing(overview(), "stock", "failed");
    }

    @Test
    void names_every_part_that_it_does_without() {
        trouble.put(FindStockLevels.class, () -> {
            throw new IllegalStateException("on purpose");
        });
        trouble.put(FindPayment.class, () -> {
            throw new IllegalStateException("on purpose");
        });

        JsonNode overview = overview().expect(200).body();
        assertThat(overview.path("order").path("id").asText()).isEqualTo(order);
        assertThat(overview.path("unavailable").findValuesAsText("part")).containsExactly("payment", "stock");
    }

    @Test
    void leaves_a_part_in_peace_that_failed_too_often_and_asks_again_later() {
        trouble.put(FindPayment.class, () -> {
            throw new IllegalStateException("on purpose");
        });
        await().until(() -> overview().expect(200).body()
                .path("unavailable").path(0).path("reason").asText().equals("breaker_open"));
        assertThat(breaker("overview-payment").path("failed_calls").asInt()).isPositive();
        assertThat(orderflow.shop().get("/actuator/prometheus").response().body()).contains("name=\"overview-payment\"");

        trouble.clear();
        await().until(() -> overview().expect(200).body().path("unavailable").isEmpty()
                && breaker("overview-payment").path("state").asText().equals("closed"));
    }

    @Test
    void lets_no_more_questions_hang_than_the_bulkhead_takes() throws Exception {
        var released = new CountDownLatch(1);
        trouble.put(FindStockLevels.class, () -> released.await(1, TimeUnit.MINUTES));

        assertMissing(overview(), "stock", "timeout");
        assertMissing(overview(), "stock", "timeout");
        assertMissing(overview(), "stock", "busy");

        trouble.clear();
        released.countDown();
        await().until(() -> overview().expect(200).body().path("unavailable").isEmpty());
    }

    @Test
    void asks_for_all_parts_at_the_same_time() {
        var both = new CyclicBarrier(2);
        trouble.put(FindPayment.class, () -> both.await(1, TimeUnit.MINUTES));
        trouble.put(FindStockLevels.class, () -> both.await(1, TimeUnit.MINUTES));

        await().until(() -> overview().expect(200).body().path("unavailable").isEmpty());
    }

    @Test
    void is_unavailable_only_without_the_order_itself() {
        trouble.put(FindOrder.class, () -> {
            throw new IllegalStateException("on purpose");
        });

        Answer answer = overview().expect(503);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.text("code")).isEqualTo("order_unavailable");
        assertThat(answer.text("reason")).isEqualTo("failed");
    }

    @Test
    void of_an_order_that_is_not_there_is_not_found_and_nobodys_fault() {
        for (int ask = 0; ask < 15; ask++) {
            assertThat(shop.get("/v1/orders/ord_none/overview").expect(404).text("code")).isEqualTo("unknown_order");
        }

        assertThat(breaker("overview-order").path("failed_calls").asInt()).isZero();
        overview().expect(200);
    }

    @Test
    void of_an_order_that_is_newer_than_its_tables_waits_for_them() {
        var processor = orderflow.bean(EventProcessingConfiguration.class)
                .eventProcessor("order-projection", StreamingEventProcessor.class).orElseThrow();
        processor.shutDown();
        String fresh;
        try {
            fresh = shop.place("tok_ok", new Line("MUG", 1));
            assertThat(shop.get("/v1/orders/" + fresh + "/overview").expect(503).text("reason")).isEqualTo("timeout");
        } finally {
            processor.start();
        }

        await().until(() -> shop.get("/v1/orders/" + fresh + "/overview").status() == 200);
    }

    private Answer overview() {
        return shop.get("/v1/orders/" + order + "/overview");
    }

    private JsonNode breaker(String name) {
        for (JsonNode breaker : orderflow.shop().get("/v1/operations/resilience").expect(200).body().path("breakers")) {
            if (breaker.path("name").asText().equals(name)) {
                return breaker;
            }
        }
        throw new AssertionError("There is no breaker " + name);
    }

    private static void assertMissing(Answer answer, String part, String reason) {
        JsonNode overview = answer.expect(200).body();
        assertThat(overview.path("order").path("status").asText()).isEqualTo("confirmed");
        assertThat(overview.path(part).isNull()).isTrue();
        assertThat(overview.path("unavailable")).hasSize(1);
        assertThat(overview.path("unavailable").path(0).path("part").asText()).isEqualTo(part);
        assertThat(overview.path("unavailable").path(0).path("reason").asText()).isEqualTo(reason);
    }
}
