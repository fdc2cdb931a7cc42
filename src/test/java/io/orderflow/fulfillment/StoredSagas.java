package io.orderflow.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.axonframework.test.deadline.StubDeadlineManager;
import org.axonframework.test.saga.SagaTestFixture;
import org.springframework.test.util.ReflectionTestUtils;

/** The saga of a fixture, of which Axon's fixture shows only the deadline that is scheduled. */
final class StoredSagas {

    private StoredSagas() {
    }

    /** Whether the saga acts next after the time that is left, and is woken once before or then. */
    static <S extends OrderSaga> S requireDue(SagaTestFixture<S> fixture, Class<S> type, Duration left) {
        var store = (InMemorySagaStore) ReflectionTestUtils.getField(fixture, "sagaStore");
        var ids = store.findSagas(type, new AssociationValue(OrderSaga.ORDER, Facts.ORDER.value()));
        S saga = store.loadSaga(type, ids.iterator().next()).saga();
        Instant due = fixture.currentTime().plus(left);
        assertThat(saga.deadline().due()).as("due").isEqualTo(due);
        var deadlines = (StubDeadlineManager) ReflectionTestUtils.getField(fixture, "deadlineManager");
        assertThat(deadlines.getScheduledDeadlines()).singleElement().satisfies(scheduled -> {
            assertThat(scheduled.getScheduleTime()).isEqualTo(saga.deadline().scheduled().due())
                    .isBeforeOrEqualTo(due);
        });
        return saga;
    }
}
