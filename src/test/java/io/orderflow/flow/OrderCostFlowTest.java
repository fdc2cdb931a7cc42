package io.orderflow.flow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.flow.Shop.Line;
import java.nio.file.Path;
import java.util.Comparator;
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
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The cost of an order of two lines from POST to confirmed, in statements, commits and events: numbers that do not
 * depend on the machine. H2 counts them itself; docs/benchmarks.md has the commands that measure time and memory.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfSystemProperty(named = "orderflow.test.store", matches = "postgres", disabledReason = "Counted by H2")
class OrderCostFlowTest {

    private static final int WARM_UP = 20;
    private static final int ORDERS = 50;
    private static final int CLIENTS = 8;
    /** Marks the statements of this test, which are not counted. */
    private static final String OWN = "/* cost */ ";

    private RunningOrderflow orderflow;
    private Shop shop;
    private JdbcTemplate jdbc;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        orderflow = RunningOrderflow.start(data);
        shop = orderflow.shop();
        jdbc = orderflow.bean(JdbcTemplate.class);
        IntStream.range(0, 20).forEach(sku -> shop.receive("SKU-" + sku, 10_000));
        placeOneByOne(WARM_UP);
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Test
    void on_an_idle_system() throws Exception {
        Cost cost = cost(() -> placeOneByOne(ORDERS));

        assertThat(cost.events()).as(cost.toString()).isEqualTo(6);
        assertThat(cost.statements()).as(cost.toString()).isLessThanOrEqualTo(180);
        assertThat(cost.commits()).as(cost.toString()).isLessThanOrEqualTo(80);
    }

    @Test
    void under_load() throws Exception {
        Cost cost = cost(() -> placeAtOnce(4 * ORDERS));

        assertThat(cost.events()).as(cost.toString()).isEqualTo(6);
        assertThat(cost.statements()).as(cost.toString()).isLessThanOrEqualTo(130);
        assertThat(cost.commits()).as(cost.toString()).isLessThanOrEqualTo(30);
    }

    private int placeOneByOne(int orders) {
        for (int order = 0; order < orders; order++) {
            int before = confirmed();
            place(order);
            await().until(() -> confirmed() > before);
        }
        return orders;
    }

    private int placeAtOnce(int orders) throws Exception {
        int before = confirmed();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (Future<?> placed : clients.invokeAll(IntStream.range(0, orders)
                    .<Callable<Object>>mapToObj(order -> () -> place(order)).toList())) {
                placed.get();
            }
        } finally {
            clients.shutdown();
        }
        await().until(() -> confirmed() == before + orders);
        return orders;
    }

    private String place(int order) {
        return shop.place("tok_ok", new Line("SKU-" + order % 20, 1), new Line("SKU-" + (order + 7) % 20, 2));
    }

    private int confirmed() {
        return jdbc.queryForObject(OWN + "SELECT COUNT(*) FROM orders.customer_order WHERE status = 'CONFIRMED'",
                Integer.class);
    }

    private Cost cost(Callable<Integer> work) throws Exception {
        orderflow.settle();
        long eventsBefore = events();
        jdbc.execute("SET QUERY_STATISTICS_MAX_ENTRIES 10000");
        jdbc.execute("SET QUERY_STATISTICS TRUE");
        try {
            int orders = work.call();
            List<Executed> executed = jdbc.query(OWN + "SELECT sql_statement, execution_count"
                    + " FROM information_schema.query_statistics WHERE sql_statement NOT LIKE '" + OWN + "%'",
                    (row, number) -> new Executed(row.getString(1), row.getLong(2) / (double) orders));
            return new Cost((events() - eventsBefore) / (double) orders, executed);
        } finally {
            jdbc.execute("SET QUERY_STATISTICS FALSE");
        }
    }

    private long events() {
        return jdbc.queryForObject(OWN + "SELECT COUNT(*) FROM axon.domain_event_entry", Long.class);
    }

    /** @param perOrder how often per order */
    private record Executed(String sql, double perOrder) {
    }

    /** @param events per order */
    private record Cost(double events, List<Executed> executed) {

        double statements() {
            return executed.stream().mapToDouble(Executed::perOrder).sum() - commits();
        }

        double commits() {
            return executed.stream().filter(statement -> statement.sql().equals("COMMIT"))
                    .mapToDouble(Executed::perOrder).sum();
        }

        @Override
        public String toString() {
            return "per order %.1f events, %.1f statements, %.1f commits, of these:%n%s".formatted(events, statements(),
                    commits(), executed.stream().sorted(Comparator.comparingDouble(Executed::perOrder).reversed())
                            .limit(60).map(each -> "%6.2f %s".formatted(each.perOrder(), each.sql()))
                            .collect(joining(System.lineSeparator())));
        }
    }
}
