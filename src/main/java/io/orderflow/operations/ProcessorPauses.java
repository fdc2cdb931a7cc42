package io.orderflow.operations;

import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Pauses processors on all nodes and across restarts, by the table {@code operations.paused_processor}. Starts only
 * processors that it has stopped, because others may be stopped for other reasons.
 */
@Component
class ProcessorPauses {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorPauses.class);

    private final EventProcessingConfiguration processing;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    ProcessorPauses(EventProcessingConfiguration processing, JdbcClient jdbc, Clock clock) {
        this.processing = processing;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The paused processors by name, and since when. */
    Map<String, Instant> all() {
        var all = new HashMap<String, Instant>();
        jdbc.sql("SELECT name, paused_at FROM operations.paused_processor").query(row -> {
            all.put(row.getString("name"), instant(row, "paused_at"));
        });
        return all;
    }

    void pause(String name) {
        jdbc.sql("INSERT INTO operations.paused_processor (name, paused_at) SELECT :name, :at"
                + " WHERE NOT EXISTS (SELECT 1 FROM operations.paused_processor WHERE name = :name)")
                .param("name", name).param("at", utc(clock.instant())).update();
        apply();
    }

    void resume(String name) {
        jdbc.sql("DELETE FROM operations.paused_processor WHERE name = ?").param(name).update();
        apply();
    }

    /** Stops and starts processors of this node as operators have requested on any node. */
    synchronized void apply() {
        Set<String> paused = all().keySet();
        for (String name : paused) {
            processing.eventProcessor(name, StreamingEventProcessor.class).filter(StreamingEventProcessor::isRunning)
                    .ifPresent(processor -> {
                        processor.shutDown();
                        stopped.add(name);
                        LOG.info("Processor {} is paused", name);
                    });
        }
        for (String name : Set.copyOf(stopped)) {
            if (!paused.contains(name)) {
                processing.eventProcessor(name, StreamingEventProcessor.class).orElseThrow().start();
                stopped.remove(name);
                LOG.info("Processor {} is resumed", name);
            }
        }
    }
}
