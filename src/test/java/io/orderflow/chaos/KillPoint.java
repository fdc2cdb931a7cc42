package io.orderflow.chaos;

/**
 * A place in the code at which the application is killed, when it has come there so many times.
 *
 * <p>Byteman puts the kill there from outside ({@code Runtime.halt}: no hook runs, nothing is flushed), so that the code
 * knows nothing of it. A place that is gone is told by Byteman in the log, and the run fails.
 */
enum KillPoint {

    AFTER_CLAIM("io.orderflow.platform.messaging.IdempotencyRecords", "claim", "AT EXIT", 8),
    AFTER_APPEND("org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine", "appendEvents", "AT EXIT",
            60),
    BEFORE_COMMIT("org.springframework.jdbc.datasource.DataSourceTransactionManager", "doCommit", "AT ENTRY", 80),
    AFTER_COMMIT("org.springframework.jdbc.datasource.DataSourceTransactionManager", "doCommit", "AT EXIT", 80),
    BEFORE_ANSWER("io.orderflow.platform.web.response.DurabilityFilter", "awaitDurable", "AT ENTRY", 25),
    AFTER_GATEWAY_WORK_PICKED("io.orderflow.payment.gateway.GatewayWorker", "call", "AT ENTRY", 6),
    BEFORE_GATEWAY_CALL("io.orderflow.payment.gateway.GatewayWorker", "call", "AFTER INVOKE awaitDurable", 6),
    AFTER_GATEWAY_CALL("io.orderflow.payment.gateway.GatewayWorker", "call", "AT EXIT", 6),
    BEFORE_OUTCOME_IS_DONE("io.orderflow.payment.gateway.GatewayWorker", "work", "AT EXIT", 6),
    INSIDE_PROJECTION("io.orderflow.order.OrderRows", "change", "AT EXIT", 12),
    INSIDE_TIMELINE("io.orderflow.tracking.TimelineRows", "add", "AT EXIT", 40),
    INSIDE_SAGA("io.orderflow.fulfillment.Progress", "enter", "AT EXIT", 15),
    AFTER_SAGA_STORED("io.orderflow.fulfillment.SagaRows", "updateSaga", "AT EXIT", 15),
    AFTER_TOKEN_STORED("org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore", "storeToken", "AT EXIT", 40),
    INSIDE_DEADLINE("io.orderflow.fulfillment.SagaDeadline", "hasPassed", "AT EXIT", 1),
    AFTER_DEADLINE("org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager", "execute", "AT EXIT", 1),
    AFTER_CALLBACK_KEPT("io.orderflow.payment.callback.CallbackRows", "add", "AT EXIT", 4),
    AFTER_SNAPSHOT("org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine", "storeSnapshot", "AT EXIT",
            1),
    INSIDE_SWITCH("io.orderflow.platform.replay.TableDifference", "settle", "AT EXIT", 1);

    private final String type;
    private final String method;
    private final String place;
    private final int latest;

    /** @param latest how often the application may have been here at most before it is killed */
    KillPoint(String type, String method, String place, int latest) {
        this.type = type;
        this.method = method;
        this.place = place;
        this.latest = latest;
    }

    int latest() {
        return latest;
    }

    /** A rule of Byteman's that kills at the given time the application comes here. */
    String rule(int time) {
        return """
                RULE %1$s
                CLASS %2$s
                METHOD %3$s
                %4$s
                IF incrementCounter("%1$s") == %5$d
                DO traceln("CHAOS: killed at %1$s, time %5$d"), killJVM()
                ENDRULE
                """.formatted(name(), type, method, place, time);
    }
}
