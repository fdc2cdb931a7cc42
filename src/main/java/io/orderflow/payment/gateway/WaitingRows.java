package io.orderflow.payment.gateway;

import static io.orderflow.shared.StoredInstant.instant;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The operations of all payments whose end is not known, as they are projected. */
@Repository
class WaitingRows {

    private static final String OPEN = "status in ('REQUESTED', 'ACTION_REQUIRED', 'PENDING', 'UNKNOWN')";

    private final JdbcClient jdbc;

    WaitingRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param requestedAt UTC */
    record Row(String operationId, PaymentId paymentId, OrderId orderId, Kind kind, OperationStatus status,
            Money amount, Instant requestedAt) {
    }

    List<Row> oldest(int limit) {
        return jdbc.sql("""
                select o.operation_id, o.payment_id, p.order_id, o.kind, o.status, p.currency, o.amount, o.requested_at
                from payments.operation o join payments.payment p on p.payment_id = o.payment_id
                where o.""" + OPEN + " order by o.requested_at, o.operation_id limit ?").param(limit)
                .query((row, number) -> new Row(row.getString("operation_id"),
                        new PaymentId(row.getString("payment_id")), new OrderId(row.getString("order_id")),
                        Kind.valueOf(row.getString("kind")), OperationStatus.valueOf(row.getString("status")),
                        new Money(row.getString("currency"), row.getLong("amount")),
                        instant(row, "requested_at"))).list();
    }

    long count() {
        return jdbc.sql("select count(*) from payments.operation where " + OPEN).query(Long.class).single();
    }

    long count(Kind kind) {
        return jdbc.sql("select count(*) from payments.operation where kind = ? and " + OPEN).param(kind.name())
                .query(Long.class).single();
    }

    long countUnknown() {
        return jdbc.sql("select count(*) from payments.operation where status = 'UNKNOWN'").query(Long.class).single();
    }
}
