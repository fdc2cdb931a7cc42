package io.orderflow.payment;

import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.platform.spi.StoredInstant;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the operations of payments for callbacks and inquiries. The projection may be behind. */
@Repository
public class OperationRows {

    private final JdbcClient jdbc;

    OperationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<PaymentId> paymentOf(String operationId) {
        return jdbc.sql("select payment_id from payments.operation where operation_id = ?").param(operationId)
                .query((row, number) -> new PaymentId(row.getString("payment_id"))).optional();
    }

    public boolean knows(PaymentId payment) {
        return jdbc.sql("select count(*) from payments.payment where payment_id = ?").param(payment.value())
                .query(Long.class).single() > 0;
    }

    /** The operations whose outcome is not known. */
    public List<String> open(PaymentId payment) {
        return jdbc.sql("""
                select operation_id from payments.operation where payment_id = ?
                  and status in ('REQUESTED', 'ACTION_REQUIRED', 'PENDING', 'UNKNOWN') order by position""")
                .param(payment.value()).query(String.class).list();
    }

    /** A refund that succeeded. */
    public Optional<GatewayOperation> refund(String operationId) {
        return jdbc.sql("""
                select o.operation_id, o.payment_id, o.amount, o.requested_at, p.order_id, p.currency,
                  p.authorization_id
                from payments.operation o join payments.payment p on p.payment_id = o.payment_id
                where o.operation_id = ? and o.kind = 'REFUND' and o.status = 'SUCCEEDED'""").param(operationId)
                .query((row, number) -> new GatewayOperation(row.getString("operation_id"), Kind.REFUND,
                        new PaymentId(row.getString("payment_id")), new OrderId(row.getString("order_id")),
                        new Money(row.getString("currency"), row.getLong("amount")), null,
                        row.getString("authorization_id"), StoredInstant.instant(row, "requested_at"))).optional();
    }
}
