package io.orderflow.payment;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every callback that ever came, by the gateway's own id. */
@Repository
class CallbackRows {

    /** What became of a callback. */
    enum Status {
        RECEIVED,
        /** The gateway was, or is being, asked about it. */
        HANDLED,
        /** For days there was nothing here that it could be about. */
        UNMATCHED
    }

    private final JdbcClient jdbc;

    CallbackRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DuplicateKeyException when it has come before */
    void add(String gateway, GatewayNotice notice, Instant at) {
        jdbc.sql("""
                insert into payments.callback (gateway, callback_id, payment_id, operation_id, status, attempts,
                  received_at) values (?, ?, ?, ?, ?, 0, ?)""")
                .param(gateway).param(notice.id())
                .param(notice.paymentId() == null ? null : notice.paymentId().value()).param(notice.operationId())
                .param(Status.RECEIVED.name()).param(at.atOffset(ZoneOffset.UTC)).update();
    }

    boolean knows(String gateway, String id) {
        return jdbc.sql("select count(*) from payments.callback where gateway = ? and callback_id = ?")
                .params(gateway, id).query(Long.class).single() > 0;
    }

    void set(CallbackWork work, Status status, Instant at) {
        jdbc.sql("""
                update payments.callback set status = ?, attempts = ?, handled_at = ?
                where gateway = ? and callback_id = ?""")
                .params(status.name(), work.attempts() + 1, at.atOffset(ZoneOffset.UTC), work.gateway(),
                        work.notice().id()).update();
    }

    long count(Status status) {
        return jdbc.sql("select count(*) from payments.callback where status = ?").param(status.name())
                .query(Long.class).single();
    }
}
