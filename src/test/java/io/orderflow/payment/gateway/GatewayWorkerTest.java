package io.orderflow.payment.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.orderflow.payment.BeginOperation;
import io.orderflow.payment.Gateways;
import io.orderflow.payment.Payments;
import io.orderflow.payment.RecordOutcome;
import io.orderflow.platform.spi.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.ObjectProvider;

class GatewayWorkerTest {

    private static final GatewayOperation OPERATION = Gateways.authorize("tok_ok");
    private static final BeginOperation BEGIN = new BeginOperation(Payments.PAYMENT, OPERATION.id());
    private static final GatewayWork FIRST = GatewayWork.first(OPERATION);
    private static final GatewayOutcome SUCCESS = GatewayOutcome.succeeded("auth_1");
    private static final GatewayOutcome UNKNOWN = GatewayOutcome.unknown("No answer.");
    private static final GatewayBusyException BUSY =
            new GatewayBusyException(Duration.ofSeconds(30), "resting");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final PaymentGateway gateway = mock();
    private final CommandGateway commands = mock();
    private final ObjectProvider<CommandGateway> lazily = mock();
    private final ExecutionOperations<GatewayWork> queue = mock();
    private final Durability durability = mock();
    private final GatewayWorker worker = new GatewayWorker(gateway, durability, lazily);

    @BeforeEach
    void commands_come_lazily() {
        when(lazily.getObject()).thenReturn(commands);
        when(commands.sendAndWait(eq(BEGIN), anyLong(), any())).thenReturn(true);
    }

    @Test
    void asks_before_the_first_call_whether_what_may_be_given_up_is_still_wanted() {
        when(commands.sendAndWait(eq(BEGIN), anyLong(), any())).thenReturn(false);

        run(FIRST.perhapsGivenUp());

        verifyNoInteractions(gateway);
        verify(queue).stop();
    }

    @Test
    void calls_at_once_what_nobody_has_given_up() {
        when(gateway.perform(OPERATION)).thenReturn(SUCCESS);

        run(FIRST);

        verify(commands, never()).sendAndWait(eq(BEGIN), anyLong(), any());
        verifyRecorded(SUCCESS);
    }

    @Test
    void calls_once_the_cause_is_on_disk() {
        when(gateway.perform(OPERATION)).thenReturn(SUCCESS);

        run(FIRST);

        var order = inOrder(durability, gateway);
        order.verify(durability).awaitDurable();
        order.verify(gateway).perform(OPERATION);
    }

    @Test
    void calls_nobody_while_the_store_cannot_be_written() {
        doThrow(new IllegalStateException("The disk is full")).when(durability).awaitDurable();

        assertThatThrownBy(() -> run(FIRST)).hasMessage("The disk is full");

        verifyNoInteractions(gateway);
    }

    @Test
    void does_not_ask_whether_it_is_wanted_what_may_have_happened() {
        when(commands.sendAndWait(eq(BEGIN), anyLong(), any())).thenReturn(false);
        when(gateway.lookUp(OPERATION)).thenReturn(Optional.of(SUCCESS));

        run(FIRST.perhapsGivenUp().inDoubt());

        verify(commands, never()).sendAndWait(eq(BEGIN), anyLong(), any());
        verifyRecorded(SUCCESS);
    }

    @Test
    void looks_again_as_long_as_the_gateway_has_not_decided() {
        var pending = GatewayOutcome.pending("auth_1");
        when(gateway.lookUp(OPERATION)).thenReturn(Optional.of(pending));

        run(FIRST.inDoubt());

        verifyRecorded(pending);
        verifyAgain(FIRST.inDoubt().after(pending), Duration.ofSeconds(2));
    }

    @Test
    void is_in_doubt_when_whoever_worked_on_it_has_died() {
        worker.takeOver(ExecutionComplete.failure(execution(FIRST), NOW, NOW, null), queue);

        verify(queue).reschedule(any(), eq(NOW), eq(FIRST.inDoubt()));
    }

    @Test
    void records_the_outcome_and_is_done() {
        when(gateway.perform(OPERATION)).thenReturn(SUCCESS);

        run(FIRST);

        verifyRecorded(SUCCESS);
        verify(queue).stop();
    }

    @Test
    void records_a_doubt_and_stays_in_the_queue() {
        when(gateway.perform(OPERATION)).thenReturn(UNKNOWN);

        run(FIRST);

        verifyRecorded(UNKNOWN);
        verifyAgain(FIRST.after(UNKNOWN), Duration.ofSeconds(1));
    }

    @Test
    void looks_a_doubt_up_instead_of_asking_for_more() {
        when(gateway.lookUp(OPERATION)).thenReturn(Optional.of(SUCCESS));

        run(FIRST.inDoubt());

        verify(gateway, never()).perform(any());
        verifyRecorded(SUCCESS);
        verify(queue).stop();
    }

    @Test
    void performs_under_the_same_id_what_never_happened() {
        when(gateway.lookUp(OPERATION)).thenReturn(Optional.empty());
        when(gateway.perform(OPERATION)).thenReturn(SUCCESS);

        run(FIRST.inDoubt());

        verifyRecorded(SUCCESS);
    }

    @Test
    void waits_longer_after_each_doubt() {
        when(gateway.lookUp(OPERATION)).thenReturn(Optional.of(UNKNOWN));

        run(new GatewayWork(OPERATION, 3, false, null));

        verifyAgain(new GatewayWork(OPERATION, 4, false, "No answer."), Duration.ofSeconds(8));
    }

    @Test
    void a_call_that_was_not_made_is_no_attempt() {
        when(gateway.perform(OPERATION)).thenThrow(BUSY);

        run(FIRST);

        verifyNothingRecorded();
        verifyAgain(FIRST, Duration.ofSeconds(30));
    }

    @Test
    void a_doubt_is_kept_when_nobody_can_be_asked() {
        when(gateway.lookUp(OPERATION)).thenThrow(BUSY);

        run(FIRST.inDoubt());

        verifyNothingRecorded();
        verifyAgain(FIRST.inDoubt(), Duration.ofSeconds(30));
    }

    @Test
    void an_outcome_that_cannot_be_recorded_is_not_lost() {
        when(gateway.perform(OPERATION)).thenReturn(SUCCESS);
        when(commands.sendAndWait(any(RecordOutcome.class), anyLong(), any()))
                .thenThrow(new IllegalStateException("no database"));

        assertThatThrownBy(() -> run(FIRST)).hasMessage("no database");
        var execution = execution(FIRST);
        execution.consecutiveFailures = 2;
        worker.retry(ExecutionComplete.failure(execution, NOW, NOW, null), queue);

        var time = ArgumentCaptor.forClass(Instant.class);
        verify(queue).reschedule(any(), time.capture(), eq(FIRST.inDoubt()));
        assertBetweenThreeAndFiveQuarters(time.getValue(), Duration.ofSeconds(4));
    }

    @Test
    void waits_five_minutes_at_most() {
        assertThat(GatewayWorker.backoff(8)).isEqualTo(Duration.ofSeconds(256));
        assertThat(GatewayWorker.backoff(9)).isEqualTo(Duration.ofMinutes(5));
        assertThat(GatewayWorker.backoff(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }

    private void run(GatewayWork work) {
        CompletionHandler<GatewayWork> completion = worker.work(new TaskInstance<>("gateway-operation", "id", work),
                null);
        completion.complete(ExecutionComplete.success(execution(work), NOW, NOW), queue);
    }

    private static Execution execution(GatewayWork work) {
        return new Execution(NOW, new TaskInstance<>("gateway-operation", "id", work));
    }

    private void verifyRecorded(GatewayOutcome outcome) {
        verify(commands).sendAndWait(eq(new RecordOutcome(Payments.PAYMENT, OPERATION.id(), outcome)), anyLong(),
                any());
    }

    private void verifyNothingRecorded() {
        verify(commands, never()).sendAndWait(any(RecordOutcome.class), anyLong(), any());
    }

    private void verifyAgain(GatewayWork work, Duration after) {
        var time = ArgumentCaptor.forClass(Instant.class);
        verify(queue).reschedule(any(), time.capture(), eq(work));
        assertBetweenThreeAndFiveQuarters(time.getValue(), after);
    }

    private static void assertBetweenThreeAndFiveQuarters(Instant time, Duration delay) {
        assertThat(Duration.between(NOW, time)).isBetween(delay.multipliedBy(3).dividedBy(4),
                delay.multipliedBy(5).dividedBy(4));
    }
}
