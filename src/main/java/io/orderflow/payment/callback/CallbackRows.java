package io.orderflow.payment.callback;

import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.shared.PaymentId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The callbacks, by the gateway's id. */
@Repository
class CallbackRows {

    /** State of a callback. */
    enum Status {
        RECEIVED,
        /** The look-up was made or brought forward. */
        HANDLED,
        /** For days there was no payment or operation of that id. */
        UNMATCHED
    }

    /**
     * A callback that is not handled yet.
     *
     * @param attempts how often its subject was not found, or was just being looked up
     */
    record ReceivedCallback(String gateway, GatewayNotice notice, int attempts) {
    }

    private final JdbcClient jdbc;

    CallbackRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores a callback once: gateways deliver at least once. */
    void add(String gateway, GatewayNotice notice, Instant at) {
        try {
            jdbc.sql("""
                    insert into payments.callback (gateway, callback_id, payment_id, operation_id, status, attempts,
                      received_at, next_try) values (?, ?, ?, ?, ?, 0, ?, ?)""")
                    .param(gateway).param(notice.id())
                    .param(notice.paymentId() == null ? null : notice.paymentId().value()).param(notice.operationId())
                    .param(Status.RECEIVED.name()).param(utc(at)).param(utc(at)).update();
        } catch (DuplicateKeyException repeated) {
            // It is stored.
        }
    }

    /** The callbacks to handle by now, the most overdue first. */
    List<ReceivedCallback> due(Instant now, int limit) {
        return jdbc.sql("""
                select gateway, callback_id, payment_id, operation_id, attempts from payments.callback
                where status = ? and next_try <= ? order by next_try limit ?""")
                .params(Status.RECEIVED.name(), utc(now), limit)
                .query((row, number) -> new ReceivedCallback(row.getString("gateway"),
                        new GatewayNotice(row.getString("callback_id"), row.getString("payment_id") == null ? null
                                : new PaymentId(row.getString("payment_id")), row.getString("operation_id")),
                        row.getInt("attempts")))
                .list();
    }

    void postpone(ReceivedCallback callback, Instant nextTry) {
        jdbc.sql("""
                update payments.callback set attempts = attempts + 1, next_try = ?
                where gateway = ? and callback_id = ?""")
                .params(utc(nextTry), callback.gateway(), callback.notice().id()).update();
    }

    void end(ReceivedCallback callback, Status status, Instant at) {
        jdbc.sql("update payments.callback set status = ?, handled_at = ? where gateway = ? and callback_id = ?")
                .params(status.name(), utc(at), callback.gateway(), callback.notice().id()).update();
    }

    /** Deletes about so many of the oldest that are handled or unmatched, and returns their number. */
    int deleteBefore(Instant instant, int limit) {
        return jdbc.sql("select max(handled_at) from (select handled_at from payments.callback where handled_at < ?"
                        + " order by handled_at limit ?) oldest").params(utc(instant), limit)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class)).optional()
                .map(last -> jdbc.sql("delete from payments.callback where handled_at <= ?").param(last).update())
                .orElse(0);
    }

    long count(Status status) {
        return jdbc.sql("select count(*) from payments.callback where status = ?").param(status.name())
                .query(Long.class).single();
    }
}
