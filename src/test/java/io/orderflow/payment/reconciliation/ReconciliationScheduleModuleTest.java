package io.orderflow.payment.reconciliation;

import static org.awaitility.Awaitility.await;

import io.orderflow.payment.ScriptedGateway;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.query.ReconciliationView.Status;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@ReconciliationModule
@TestPropertySource(properties = {
        "spring.datasource.url=jdbc:h2:mem:schedule;LOCK_TIMEOUT=10000",
        "orderflow.store.durability=best-effort",
        "orderflow.payment.reconciliation.every=300ms"})
class ReconciliationScheduleModuleTest {

    @Autowired ScriptedGateway gateway;
    @Autowired JdbcClient jdbc;

    @Test
    void the_ledgers_are_compared_again_and_again_also_after_a_failure() {
        await().until(() -> runs(Status.FINISHED) >= 2);
        gateway.beforeEachPage(page -> {
            throw new AnswerUnknownException("No answer");
        });
        await().until(() -> runs(Status.FAILED) >= 1);
        gateway.beforeEachPage(page -> { });
        long before = runs(Status.FINISHED);
        await().until(() -> runs(Status.FINISHED) > before);
    }

    private long runs(Status status) {
        return jdbc.sql("select count(*) from payments.reconciliation where status = ?").param(status.name())
                .query(Long.class).single();
    }
}
