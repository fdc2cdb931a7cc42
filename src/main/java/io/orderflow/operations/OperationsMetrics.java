package io.orderflow.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is measured of processors and dead letters, once a round and not at each scrape. */
@Component
class OperationsMetrics {

    private final ProcessorStates processors;
    private final MultiGauge lags;
    private final MultiGauge errors;
    private final MultiGauge parked;

    OperationsMetrics(ProcessorStates processors, MeterRegistry registry) {
        this.processors = processors;
        lags = MultiGauge.builder("orderflow.processor.lag.events")
                .description("Event numbers between the head and the slowest segment").register(registry);
        errors = MultiGauge.builder("orderflow.processor.error")
                .description("1 while the processor fails on this node").register(registry);
        parked = MultiGauge.builder("orderflow.dead.letters")
                .description("Events that could not be handled, and those behind them").register(registry);
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
