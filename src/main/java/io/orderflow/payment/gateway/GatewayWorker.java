package io.orderflow.payment.gateway;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.orderflow.payment.BeginOperation;
import io.orderflow.payment.RecordOutcome;
import io.orderflow.platform.spi.Durability;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Asks the gateway for one operation, outside any transaction, until its outcome is known and recorded.
 *
 * <p>Whatever goes wrong on the way, a crash included, ends in asking again under the same id: the gateway answers a
 * repeated question as it did the first, and a payment ignores what it knows already.
 */
public class GatewayWorker {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayWorker.class);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 9;
    private static final long COMMAND_SECONDS = 10;

    private final PaymentGateway gateway;
    private final Durability durability;
    private final ObjectProvider<CommandGateway> commands;

    /** The commands come lazily: the scheduler that runs this is needed to build the bus that takes them. */
    GatewayWorker(PaymentGateway gateway, Durability durability, ObjectProvider<CommandGateway> commands) {
        this.gateway = gateway;
        this.durability = durability;
        this.commands = commands;
    }

    CompletionHandler<GatewayWork> work(TaskInstance<GatewayWork> instance, ExecutionContext context) {
        var work = instance.getData();
        var operation = work.operation();
        if (work.givenUp() && !work.isInDoubt() && !isStillWanted(operation)) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        GatewayOutcome outcome;
        try {
            outcome = ask(work);
        } catch (GatewayBusyException busy) {
            return again(work, jittered(busy.untilNextTry()));
        }
        send(new RecordOutcome(operation.paymentId(), operation.id(), outcome));
        if (outcome.isFinal()) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        var delay = jittered(backoff(work.doubts()));
        if (outcome.isUnknown()) {
            LOG.warn("What became of {} is unknown and will be looked up in {}: {}", operation.id(), delay,
                    outcome.detail());
        }
        return again(work.inDoubt(outcome.detail()), delay);
    }

    /** What failed here is the recording or a bug, not the gateway's answer; the scheduler logs it. */
    void tryAgain(ExecutionComplete failed, ExecutionOperations<GatewayWork> operations) {
        var work = (GatewayWork) failed.getExecution().taskInstance.getData();
        operations.reschedule(failed, failed.getTimeDone().plus(
                jittered(backoff(failed.getExecution().consecutiveFailures))), work.inDoubt());
    }

    /** Whoever ran this is dead, perhaps with the gateway's answer in hand: from now on it is in doubt. */
    void takeOver(ExecutionComplete dead, ExecutionOperations<GatewayWork> operations) {
        var work = (GatewayWork) dead.getExecution().taskInstance.getData();
        operations.reschedule(dead, dead.getTimeDone(), work.inDoubt());
    }

    private boolean isStillWanted(GatewayOperation operation) {
        return send(new BeginOperation(operation.paymentId(), operation.id()));
    }

    private <R> R send(Object command) {
        return commands.getObject().sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
    }

    /** The cause of a call is on disk before it, and that this worker has picked it: a crash leaves it in doubt. */
    private GatewayOutcome ask(GatewayWork work) {
        durability.awaitDurable();
        return work.isInDoubt()
                ? gateway.lookUp(work.operation()).orElseGet(() -> gateway.perform(work.operation()))
                : gateway.perform(work.operation());
    }

    private static CompletionHandler<GatewayWork> again(GatewayWork work, Duration delay) {
        return (done, operations) -> operations.reschedule(done, done.getTimeDone().plus(delay), work);
    }

    public static Duration backoff(int failuresBefore) {
        var doubled = FIRST_DELAY.multipliedBy(1L << Math.min(DOUBLINGS, failuresBefore));
        return doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
    }

    /** Between three quarters and five quarters, so that work held up together does not come back together. */
    private static Duration jittered(Duration delay) {
        return delay.multipliedBy(ThreadLocalRandom.current().nextLong(750, 1250)).dividedBy(1000);
    }
}
