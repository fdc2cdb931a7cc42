package io.orderflow.overview;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.orderflow.overview.OrderOverview.Name;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.platform.spi.Ownership;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeps the parts of an overview from each other's trouble: a breaker and a bulkhead each. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OverviewProperties.class)
class OverviewConfiguration {

    /** As many threads as the bulkheads let in; shut down without an interrupt. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService overviewThreads() {
        return Executors.newCachedThreadPool(DaemonThreads.named("overview"));
    }

    @Bean
    Overviews overviews(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, ExecutorService overviewThreads,
            OverviewProperties properties, QueryGateway queries, Ownership ownership, CatchUp catchUp) {
        Map<Name, Part> parts = new EnumMap<>(Name.class);
        for (Name name : Name.values()) {
            String instance = "overview-" + name.name().toLowerCase(Locale.ROOT);
            parts.put(name, new Part(name, breakers.circuitBreaker(instance), bulkheads.bulkhead(instance),
                    overviewThreads, properties.patience()));
        }
        return new Overviews(parts, queries, ownership, catchUp);
    }
}
