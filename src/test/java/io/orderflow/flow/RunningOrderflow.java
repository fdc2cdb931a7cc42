package io.orderflow.flow;

import io.orderflow.OrderflowApplication;
import io.orderflow.packaged.FreePorts;
import io.orderflow.packaged.Settled;
import io.orderflow.packaged.TestStore;
import io.orderflow.shared.Identities;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The whole application on a real store with its real gateway over HTTP; it can be stopped and started again. The store
 * is an H2 file, or what {@link TestStore} puts in its place.
 */
final class RunningOrderflow implements AutoCloseable {

    /** How long a read waits for a projection that is behind. */
    static final Duration CATCH_UP = Duration.ofSeconds(20);

    private final Path data;
    /** The gateway calls back, so that both have to know their places beforehand. */
    private final int port;
    private final int gatewayPort;
    private final List<String> options;
    private ConfigurableApplicationContext context;
    private Shop shop;

    private RunningOrderflow(Path data, List<String> options) {
        this.data = data;
        this.port = FreePorts.next();
        this.gatewayPort = FreePorts.next();
        this.options = options;
    }

    /** @param options such as {@code orderflow.fulfillment.payment-overdue=1s} */
    static RunningOrderflow start(Path data, String... options) {
        var orderflow = new RunningOrderflow(data, List.of(options));
        orderflow.start();
        return orderflow;
    }

    void start() {
        var properties = new LinkedHashMap<>(Map.of(
                "server.port", "" + port,
                "spring.datasource.url", TestStore.url(data),
                "orderflow.sandbox.port", "" + gatewayPort,
                "orderflow.sandbox.ledger", data.resolve("gateway.jsonl").toAbsolutePath().toString(),
                "orderflow.payment.gateway.url", "http://127.0.0.1:" + gatewayPort,
                "orderflow.demo.enabled", "false",
                "orderflow.catch-up", CATCH_UP.toString(),
                "logging.level.root", "warn"));
        for (String option : options) {
            int equals = option.indexOf('=');
            properties.put(option.substring(0, equals), option.substring(equals + 1));
        }
        context = new SpringApplicationBuilder(OrderflowApplication.class).run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue()).toArray(String[]::new));
        shop = new Shop(url(), () -> Settled.awaitViews(context));
    }

    void stop() {
        context.close();
    }

    boolean isRunning() {
        return context.isActive();
    }

    void restart() {
        stop();
        start();
    }

    /** Waits until nothing is left to happen by itself. */
    void settle() {
        Settled.await(context);
    }

    Shop shop() {
        return shop;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String gatewayUrl() {
        return "http://127.0.0.1:" + gatewayPort;
    }

    /** Chooses the id of an order before it is placed under a key, by taking its reference for it. */
    String orderOf(String key) {
        String id = Identities.next("ord_", Instant.now());
        bean(JdbcTemplate.class).update("INSERT INTO orders.order_reference (shop, reference, order_id)"
                + " VALUES ('admin', ?, ?)", Shop.reference(key), id);
        return id;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    @Override
    public void close() {
        stop();
    }
}
