package io.orderflow.fulfillment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.shared.MovingClock;
import io.orderflow.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Which orders nothing will wake any more. */
class StuckOrdersTest {

    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

    private final DriverManagerDataSource store =
            new DriverManagerDataSource("jdbc:h2:mem:stuck-" + System.nanoTime() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final JdbcClient jdbc = JdbcClient.create(store);
    private final MovingClock clock = new MovingClock(START);
    private StuckOrders orders;

    @BeforeEach
    void start() {
        Flyway.configure().dataSource(store).locations("classpath:db/migration/h2").defaultSchema("platform")
                .createSchemas(true).load().migrate();
        orders = new StuckOrders(jdbc, new ObjectMapper(), clock);
    }

    @Test
    void a_deadline_that_is_not_there_wakes_nobody() {
        saga("lost", "alarm-1");
        saga("well", "alarm-2");
        deadline("alarm-2", START.plusSeconds(60), false);

        assertThat(orders.find()).containsExactly(order("lost"));
    }

    @Test
    void a_deadline_that_should_have_fired_long_ago_wakes_nobody_either_unless_it_is_at_work() {
        saga("late", "alarm-1");
        deadline("alarm-1", START.plusSeconds(1), false);
        saga("atwork", "alarm-2");
        deadline("alarm-2", START.plusSeconds(1), true);

        clock.move(Duration.ofSeconds(240));
        assertThat(orders.find()).isEmpty();

        clock.move(Duration.ofSeconds(62));
        assertThat(orders.find()).containsExactly(order("late"));
    }

    /** After a day out of service every deadline of that day is late, and none is dead. */
    @Test
    void what_passed_while_nobody_was_there_has_its_time_from_the_start() {
        saga("yesterday", "alarm-1");
        deadline("alarm-1", START.minus(Duration.ofDays(1)), false);

        clock.move(Duration.ofSeconds(240));
        assertThat(orders.find()).isEmpty();

        clock.move(Duration.ofSeconds(61));
        assertThat(orders.find()).containsExactly(order("yesterday"));
    }

    private static OrderId order(String name) {
        return new OrderId("ord_" + name);
    }

    private void saga(String order, String alarm) {
        jdbc.sql("INSERT INTO axon.saga_entry (saga_id, saga_type, serialized_saga) VALUES (?, 'saga', ?)")
                .param("saga-" + order).param("""
                        {"progress":{"orderId":"ord_%s"},"watch":{"alarm":{"scheduleId":"%s"}}}"""
                        .formatted(order, alarm).getBytes(UTF_8)).update();
    }

    private void deadline(String id, Instant at, boolean picked) {
        jdbc.sql("INSERT INTO axon.scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                        + " VALUES ('AxonDeadline', ?, ?, ?, 1)")
                .param(id).param(at.atOffset(ZoneOffset.UTC)).param(picked).update();
    }
}
