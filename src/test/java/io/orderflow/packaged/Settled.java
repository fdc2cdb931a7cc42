package io.orderflow.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.platform.spi.ProcessorTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A running application in which nothing is left to happen by itself: every processor that runs has handled the last
 * event, and no task is due. What a test compares it reads in such a state; otherwise one more event may come.
 */
public final class Settled {

    /** A task that is due within this time is waited for: it is the next step of what goes on, and no deadline. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final EventProcessingConfiguration processing;
    private final ProcessorTokens tokens;
    private final JdbcClient jdbc;
    private final Clock clock;

    private Settled(ApplicationContext application) {
        processing = application.getBean(EventProcessingConfiguration.class);
        tokens = application.getBean(ProcessorTokens.class);
        jdbc = application.getBean(JdbcClient.class);
        clock = application.getBean(Clock.class);
    }

    /** Waits until nothing is left to do. */
    public static void await(ApplicationContext application) {
        new Settled(application).await();
    }

    /** Waits until every processor that runs has handled all events that are there now, whatever comes next. */
    public static void awaitViews(ApplicationContext application) {
        var settled = new Settled(application);
        long head = settled.head();
        Awaitility.await("every event is handled").until(() -> settled.isHandled(head));
    }

    /** Asserts that the same is read before and after a change, each time when nothing is left to do. */
    public static <T> void assertUnchangedBy(ApplicationContext application, Runnable change, Supplier<T> read) {
        var settled = new Settled(application);
        long head;
        T before;
        T after;
        do {
            head = settled.await();
            before = read.get();
            change.run();
            settled.await();
            after = read.get();
        } while (settled.head() != head);
        assertThat(after).isEqualTo(before);
    }

    /** @return the number of the last event */
    private long await() {
        return Awaitility.await("nothing is left to do").until(this::headWhenSettled, Optional::isPresent).orElseThrow();
    }

    /** An event that comes while this looks shows in the end. */
    private Optional<Long> headWhenSettled() {
        long head = head();
        return Optional.of(head).filter(seen -> isHandled(seen) && openTasks() == 0 && head() == seen);
    }

    private long head() {
        return jdbc.sql("SELECT COALESCE(MAX(global_index), -1) FROM axon.domain_event_entry").query(Long.class)
                .single();
    }

    private long openTasks() {
        return jdbc.sql("SELECT COUNT(*) FROM axon.scheduled_tasks WHERE task_instance <> 'recurring'"
                + " AND (picked = TRUE OR execution_time < ?)")
                .param(clock.instant().plus(SOON).atOffset(ZoneOffset.UTC)).query(Long.class).single();
    }

    private boolean isHandled(long head) {
        var rows = tokens.all().stream().collect(Collectors.groupingBy(ProcessorTokens.Row::processor));
        return processing.eventProcessors().keySet().stream()
                .flatMap(name -> processing.eventProcessor(name, StreamingEventProcessor.class).stream())
                .filter(StreamingEventProcessor::isRunning)
                .allMatch(processor -> isAt(head, processor, rows.getOrDefault(processor.getName(), List.of())));
    }

    /** Who passes events over that are none of his business writes that down only once a second. */
    private static boolean isAt(long head, StreamingEventProcessor processor, List<ProcessorTokens.Row> segments) {
        var here = processor.processingStatus();
        return !segments.isEmpty() && segments.stream().allMatch(row -> row.position() >= head
                || here.containsKey(row.segment())
                        && here.get(row.segment()).getCurrentPosition().orElse(-1) >= head);
    }
}
