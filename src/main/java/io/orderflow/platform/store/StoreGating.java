package io.orderflow.platform.store;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/** Puts the gate before the embedded store, beneath whatever else wraps it; PostgreSQL keeps its transactions whole by itself. */
final class StoreGating implements BeanPostProcessor, PriorityOrdered {

    private static final String EMBEDDED = "jdbc:h2:";

    private final WriteGate gate;

    StoreGating(WriteGate gate) {
        this.gate = gate;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof HikariDataSource pool && String.valueOf(pool.getJdbcUrl()).startsWith(EMBEDDED)
                ? new GatedDataSource(pool, gate) : bean;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
