package io.orderflow.operations;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stops on this node what operators have paused, and starts what they have resumed. Starts nothing that it has not
 * stopped: a processor may rest for other reasons.
 */
@Component
class ProcessorPauses {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorPauses.class);

    private final ProcessorStates processors;
    private final PausedProcessors paused;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    ProcessorPauses(ProcessorStates processors, PausedProcessors paused) {
        this.processors = processors;
        this.paused = paused;
    }

    void pause(String name) {
        processors.require(name);
        paused.add(name);
        follow();
    }

    void resume(String name) {
        processors.require(name);
        paused.remove(name);
        follow();
    }

    /** Makes this node do as the operators have said, on whichever node they said it. */
    synchronized void follow() {
        Set<String> wanted = paused.all().keySet();
        for (String name : wanted) {
            var processor = processors.find(name);
            if (processor.isPresent() && processor.get().isRunning()) {
                processor.get().shutDown();
                stopped.add(name);
                LOG.info("Processor {} is paused", name);
            }
        }
        for (String name : Set.copyOf(stopped)) {
            if (!wanted.contains(name)) {
                processors.require(name).start();
                stopped.remove(name);
                LOG.info("Processor {} goes on", name);
            }
        }
    }
}
