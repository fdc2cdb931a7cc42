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
 * Calls the gateway for one operation, outside any transaction, until its final outcome is recorded.
 *
 * <p>After any failure, a crash included, the gateway is asked again under the same id: it repeats its first answer,
 * and the aggregate ignores an outcome that it has recorded already.
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

    /** @param commands resolved lazily: the command bus is built after the scheduler that runs this */
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
            outcome = call(work);
        } catch (GatewayBusyException busy) {
            return again(work, jittered(busy.retryAfter()));
        }
        send(new RecordOutcome(operation.paymentId(), operation.id(), outcome));
        if (outcome.isFinal()) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        var delay = jittered(backoff(work.doubts()));
        if (outcome.isUnknown()) {
            LOG.warn("The outcome of {} is unknown, next look-up in {}: {}", operation.id(), delay, outcome.detail());
        }
        return again(work.after(outcome), delay);
    }

    /** Recording the outcome failed, or the call failed in an unforeseen way; the scheduler logs it. */
    void retry(ExecutionComplete failed, ExecutionOperations<GatewayWork> operations) {
        var work = (GatewayWork) failed.getExecution().taskInstance.getData();
        operations.reschedule(failed, failed.getTimeDone().plus(
                jittered(backoff(failed.getExecution().consecutiveFailures))), work.inDoubt());
    }

    /** The node that worked on it is dead and may have called the gateway. */
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

    /** First the cause of the call and the picking of this task become durable: a crash leaves the work in doubt. */
    private GatewayOutcome call(GatewayWork work) {
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

    /** Spreads work that was held up together over 75 to 125 percent of the delay. */
    private static Duration jittered(Duration delay) {
        return delay.multipliedBy(ThreadLocalRandom.current().nextLong(750, 1250)).dividedBy(1000);
    }
}
