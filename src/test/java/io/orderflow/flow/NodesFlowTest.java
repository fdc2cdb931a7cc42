package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.flow.Shop.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Two nodes on one PostgreSQL and one gateway. Only the first runs scheduled tasks, and so the calls of the gateway.
 */
@EnabledIf("io.orderflow.packaged.TestStore#isPostgres")
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesFlowTest {

    private static final String SAGA = "OrderFulfillmentProcessor";
    private static final String ID = "first-node";
    private static final int ORDERS = 6;
    private static final int LOCKS = 0x6e6f6465;

    private Path data;
    private RunningOrderflow first;
    private RunningOrderflow second;

    @BeforeAll
    void start(@TempDir Path data) {
        this.data = data;
        first = RunningOrderflow.start(data, "orderflow.node-id=" + ID);
        second = node();
    }

    @AfterAll
    void stop() {
        second.close();
        first.close();
    }

    private RunningOrderflow node(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("orderflow.sandbox.embedded=false",
                "orderflow.payment.gateway.url=" + first.gatewayUrl(), "db-scheduler.polling-interval=1h"));
        return RunningOrderflow.start(data, all.toArray(String[]::new));
    }

    @Test
    void orders_go_on_whichever_node_runs_their_saga_and_serves_the_requests() {
        second.shop().receive("NODES", 100);
        moveSaga(first, second);
        List<String> orders = placeAndConfirm(second);
        for (int order = 0; order < ORDERS; order++) {
            dispatch(order % 2 == 0 ? first : second, orders.get(order));
        }
        orders.forEach(order -> first.shop().awaitStatus(order, "completed"));

        moveSaga(second, first);
        List<String> later = placeAndConfirm(second);
        later.forEach(order -> dispatch(second, order));
        later.forEach(order -> second.shop().awaitStatus(order, "completed"));

        assertThat(first.bean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM axon.dead_letter_entry",
                Long.class)).isZero();
        assertThat(second.shop().stock("NODES").path("on_hand").asInt()).isEqualTo(100 - 2 * ORDERS);
        assertThat(first.shop().get("/v1/operations/invariants").expect(200).body().path("holds").asBoolean()).isTrue();
    }

    private static List<String> placeAndConfirm(RunningOrderflow node) {
        List<String> orders = IntStream.range(0, ORDERS).mapToObj(n -> node.shop().place("tok_ok",
                new Line("NODES", 1))).toList();
        orders.forEach(order -> node.shop().awaitStatus(order, "confirmed"));
        return orders;
    }

    private static void dispatch(RunningOrderflow node, String order) {
        node.shop().post("/v1/orders/" + order + "/shipments", "{}").expect(201);
    }

    /** As after a conflict in the saga's batch: its node releases the segment, and another claims it. */
    private static void moveSaga(RunningOrderflow from, RunningOrderflow to) {
        await().until(() -> {
            saga(from).releaseSegment(0, 3, TimeUnit.SECONDS);
            return saga(to).processingStatus().containsKey(0);
        });
    }

    private static StreamingEventProcessor saga(RunningOrderflow node) {
        return node.bean(EventProcessingConfiguration.class).eventProcessor(SAGA, StreamingEventProcessor.class)
                .orElseThrow();
    }

    @Test
    void a_second_node_does_not_start_under_the_id_of_a_live_one(CapturedOutput output) {
        assertThatThrownBy(() -> node("orderflow.node-id=" + ID)).hasStackTraceContaining(ID);

        assertThat(output).contains("APPLICATION FAILED TO START")
                .contains("Another node with the id '" + ID + "' is running on the same store")
                .contains("Give each node an orderflow.node-id of its own");
    }

    /** For example after a restart of PostgreSQL, which ends the connection and releases its lock. */
    @Test
    void a_node_that_has_lost_its_id_reserves_it_again_or_stops_when_another_has_it() throws Exception {
        String id = second.bean(Environment.class).getProperty("orderflow.node-id");
        var jdbc = first.bean(JdbcTemplate.class);
        breakSession(jdbc, id);
        await().until(() -> !holders(jdbc, id).isEmpty());

        try (var usurper = first.bean(DataSource.class).getConnection(); var statement = usurper.createStatement()) {
            breakSession(jdbc, id);
            statement.execute("SELECT pg_advisory_lock(" + LOCKS + ", hashtext('" + id + "'))");

            await().until(() -> !second.isRunning());
            statement.execute("SELECT pg_advisory_unlock_all()");
        }
        second.start();
    }

    private static void breakSession(JdbcTemplate jdbc, String id) {
        jdbc.queryForList("SELECT pg_terminate_backend(?)", holders(jdbc, id).get(0));
    }

    private static List<Integer> holders(JdbcTemplate jdbc, String id) {
        return jdbc.queryForList("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = ?"
                + " AND objid::bigint = hashtext(?)::bigint & 4294967295", Integer.class, LOCKS, id);
    }
}
