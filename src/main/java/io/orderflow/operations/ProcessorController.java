package io.orderflow.operations;

import io.orderflow.shared.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** REST API of the event processors: their state, pause, resume, split and merge. Pause and resume are idempotent. */
@RestController
@RequestMapping("/v1/operations/processors")
class ProcessorController {

    private static final int SECONDS = 10;

    private final EventProcessors processors;
    private final ProcessorPauses pauses;

    ProcessorController(EventProcessors processors, ProcessorPauses pauses) {
        this.processors = processors;
        this.pauses = pauses;
    }

    record ProcessorList(List<ProcessorView> items) {
    }

    @GetMapping
    ProcessorList list() {
        return new ProcessorList(processors.all());
    }

    @GetMapping("/{name}")
    ProcessorView one(@PathVariable String name) {
        return processors.view(name);
    }

    @PostMapping("/{name}/pause")
    ProcessorView pause(@PathVariable String name) {
        processors.require(name);
        pauses.pause(name);
        return processors.view(name);
    }

    @PostMapping("/{name}/resume")
    ProcessorView resume(@PathVariable String name) {
        processors.require(name);
        pauses.resume(name);
        return processors.view(name);
    }

    @PostMapping("/{name}/split")
    ProcessorView split(@PathVariable String name, @RequestParam int segment) {
        requireDone(requireRunning(name).splitSegment(segment), "split", segment);
        return processors.view(name);
    }

    @PostMapping("/{name}/merge")
    ProcessorView merge(@PathVariable String name, @RequestParam int segment) {
        requireDone(requireRunning(name).mergeSegment(segment), "merged", segment);
        return processors.view(name);
    }

    /** A stopped processor would never execute the instruction. */
    private StreamingEventProcessor requireRunning(String name) {
        StreamingEventProcessor processor = processors.require(name);
        if (!processor.isRunning()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "processor_paused",
                    "The processor '%s' is stopped on this node; resume it first.".formatted(name));
        }
        return processor;
    }

    private static void requireDone(CompletableFuture<Boolean> change, String what, int segment) {
        boolean done = change.exceptionally(failure -> {
            if (ExceptionUtils.findException(failure, UnableToClaimTokenException.class).isPresent()) {
                return false;
            }
            throw new CompletionException(failure);
        }).orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (!done) {
            throw new Refusal(Refusal.Kind.CONFLICT, "segment_unavailable", ("Segment %s could not be %s: it does not "
                    + "exist, has no counterpart, or is claimed by another node.").formatted(segment, what));
        }
    }
}
