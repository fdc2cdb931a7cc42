package io.orderflow.platform.store;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/** Puts the gate before the embedded store, beneath whatever else wraps it; PostgreSQL keeps its transactions whole by itself. */
final class StoreGating implements BeanPostProcessor, PriorityOrdered {

    private static final String EMBEDDED = "jdbc:h2:";

    private final WriteGate gate;
    private final StoreAvailability availability;

    StoreGating(WriteGate gate, StoreAvailability availability) {
        this.gate = gate;
        this.availability = availability;
        EnduringFiles.register();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof HikariDataSource pool && String.valueOf(pool.getJdbcUrl()).startsWith(EMBEDDED)
                ? new GatedDataSource(pool, gate, availability) : bean;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
