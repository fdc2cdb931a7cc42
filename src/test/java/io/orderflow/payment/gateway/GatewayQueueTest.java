package io.orderflow.payment.gateway;

import static io.orderflow.payment.Payments.captureRequested;
import static io.orderflow.payment.Payments.demanded;
import static io.orderflow.payment.Payments.euro;
import static io.orderflow.payment.Payments.refundRequested;
import static io.orderflow.payment.Payments.requested;
import static io.orderflow.payment.Payments.voidRequested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.orderflow.payment.Gateways;
import io.orderflow.payment.OperationRows;
import io.orderflow.payment.Payments;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.shared.PaymentStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class GatewayQueueTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Task<GatewayWork> TASK = Tasks.custom("gateway-operation", GatewayWork.class)
            .execute((instance, context) -> null);

    private final Scheduler scheduler = mock();
    private final OperationRows operations = mock();
    private final GatewayQueue queue = new GatewayQueue(scheduler, TASK, operations, Gateways.settings("http://nowhere"),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void within_a_transaction() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void no_transaction() {
        TransactionSynchronizationManager.clearSynchronization();
    }

    @Test
    void queues_an_authorization_under_its_operation_id() {
        queue.on(requested(), NOW);

        var work = queued();
        assertThat(work.getTaskAndInstance()).isEqualTo("gateway-operation_pay_1-authorize-1");
        assertThat(work.getData()).isEqualTo(GatewayWork.first(Gateways.authorize("tok_ok")));
    }

    @Test
    void queues_a_capture() {
        queue.on(captureRequested("shp_1", 40_00), NOW);

        assertThat(queued().getData().operation()).isEqualTo(
                Gateways.following(Kind.CAPTURE, Payments.capture("shp_1"), 40_00, Payments.AUTHORIZATION));
    }

    @Test
    void queues_a_reversal() {
        queue.on(voidRequested(Payments.VOID), NOW);

        assertThat(queued().getData().operation()).isEqualTo(
                Gateways.following(Kind.VOID, Payments.VOID, 100_00, Payments.AUTHORIZATION));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 10"})
    void spreads_the_attempts_at_a_refund_over_minutes(int attempt, int minutes) {
        queue.on(refundRequested("ref_1", Payments.refund("ref_1"), attempt, 30_00, PaymentStatus.CAPTURED), NOW);

        verify(scheduler).scheduleIfNotExists(any(TaskInstance.class), eq(NOW.plus(Duration.ofMinutes(minutes))));
    }

    @Test
    void hastens_what_may_have_happened() {
        waits(GatewayWork.first(Gateways.authorize("tok_ok")).inDoubt(), false);

        assertThat(queue.inquire(Payments.PAYMENT)).isTrue();

        verify(scheduler).reschedule(TASK.instanceId(Payments.AUTHORIZE), NOW);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void does_not_hasten_what_was_never_sent(boolean isBeingSent) {
        waits(GatewayWork.first(Gateways.authorize("tok_ok")), isBeingSent);

        assertThat(queue.inquire(Payments.PAYMENT)).isEqualTo(!isBeingSent);

        verify(scheduler, never()).reschedule(any(), any());
    }

    private void waits(GatewayWork work, boolean picked) {
        when(operations.open(Payments.PAYMENT)).thenReturn(List.of(Payments.AUTHORIZE));
        var execution = new Execution(NOW.plusSeconds(600), TASK.instance(Payments.AUTHORIZE, work));
        when(scheduler.getScheduledExecution(TASK.instanceId(Payments.AUTHORIZE))).thenReturn(Optional.of(
                new ScheduledExecution<>(Object.class, picked ? execution.updateToPicked("here", NOW) : execution)));
    }

    @Test
    void has_nothing_to_ask_about_nothing() {
        queue.on(requested(euro(0)), NOW);

        verifyNoInteractions(scheduler);
    }

    @Test
    void has_work_that_waits_ask_first_when_the_payment_is_given_up() {
        var id = TASK.instanceId(Payments.AUTHORIZE);
        var work = GatewayWork.first(Gateways.authorize("tok_ok"));
        when(scheduler.getScheduledExecution(id)).thenReturn(Optional.of(new ScheduledExecution<>(Object.class,
                new Execution(NOW.plusSeconds(30), TASK.instance(Payments.AUTHORIZE, work)))));

        queue.on(demanded(PaymentStatus.REQUESTED));

        verify(scheduler).reschedule(id, NOW, work.perhapsGivenUp());
    }

    @Test
    void leaves_a_payment_alone_that_is_given_up_while_it_is_asked_for() {
        var id = TASK.instanceId(Payments.AUTHORIZE);
        when(scheduler.getScheduledExecution(id)).thenReturn(Optional.of(new ScheduledExecution<>(Object.class,
                new Execution(NOW, TASK.instance(Payments.AUTHORIZE,
                        GatewayWork.first(Gateways.authorize("tok_ok")))))));
        when(scheduler.reschedule(eq(id), any(), any()))
                .thenThrow(new TaskInstanceCurrentlyExecutingException("gateway-operation", Payments.AUTHORIZE));

        assertThatNoException().isThrownBy(() -> queue.on(demanded(PaymentStatus.REQUESTED)));
    }

    @Test
    void wakes_the_scheduler_once_the_work_is_there_to_see() {
        queue.on(requested(), NOW);
        verify(scheduler, never()).triggerCheckForDueExecutions();

        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);

        verify(scheduler).triggerCheckForDueExecutions();
    }

    @SuppressWarnings("unchecked")
    private TaskInstance<GatewayWork> queued() {
        var work = ArgumentCaptor.forClass(TaskInstance.class);
        verify(scheduler).scheduleIfNotExists(work.capture(), eq(NOW));
        return work.getValue();
    }
}
