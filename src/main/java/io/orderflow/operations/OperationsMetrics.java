package io.orderflow.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.stereotype.Component;

/** Metrics of processors and dead letters, measured periodically instead of at each scrape. */
@Component
class OperationsMetrics {

    private final EventProcessors processors;
    private final MultiGauge lags;
    private final MultiGauge errors;
    private final MultiGauge parked;

    OperationsMetrics(EventProcessors processors, MeterRegistry registry) {
        this.processors = processors;
        lags = MultiGauge.builder("orderflow.processor.lag.events")
                .description("Events that the slowest segment has still to handle").register(registry);
        errors = MultiGauge.builder("orderflow.processor.error")
                .description("1 while the processor fails on this node").register(registry);
        parked = MultiGauge.builder("orderflow.dead.letters")
                .description("Events that failed, and events parked behind them").register(registry);
    }

    void measure() {
        List<ProcessorView> all = processors.all();
        lags.register(all.stream().map(one -> row("processor", one.name(), one.lag())).toList(), true);
        errors.register(all.stream().map(one -> row("processor", one.name(), one.error() == null ? 0 : 1)).toList(),
                true);
        parked.register(all.stream().map(one -> row("group", one.name(), one.parked())).toList(), true);
    }

    private static MultiGauge.Row<Number> row(String tag, String name, long value) {
        return MultiGauge.Row.of(Tags.of(tag, name), value);
    }
}
