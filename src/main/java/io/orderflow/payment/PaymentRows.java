package io.orderflow.payment;

import io.orderflow.payment.query.PaymentView;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.Operation;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables behind payments as they are asked for. */
@Repository
class PaymentRows {

    private final JdbcClient jdbc;

    PaymentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(PaymentId id, OrderId order, Money amount, PaymentStatus status, Instant at) {
        jdbc.sql("""
                insert into payments.payment (payment_id, order_id, status, currency, amount, authorized, captured,
                  refunded, created_at, updated_at) values (?, ?, ?, ?, ?, 0, 0, 0, ?, ?)""")
                .params(id.value(), order.value(), status.name(), amount.currency(), amount.amount(), utc(at), utc(at))
                .update();
    }

    void stands(PaymentId id, PaymentStatus status, Instant at) {
        jdbc.sql("update payments.payment set status = ?, updated_at = ? where payment_id = ?")
                .params(status.name(), utc(at), id.value()).update();
    }

    void authorized(PaymentId id, Money authorized) {
        jdbc.sql("update payments.payment set authorized = ? where payment_id = ?")
                .params(authorized.amount(), id.value()).update();
    }

    void captured(PaymentId id, Money total) {
        jdbc.sql("update payments.payment set captured = ? where payment_id = ?")
                .params(total.amount(), id.value()).update();
    }

    void refunded(PaymentId id, Money total) {
        jdbc.sql("update payments.payment set refunded = ? where payment_id = ?")
                .params(total.amount(), id.value()).update();
    }

    void addOperation(PaymentId payment, String id, long position, Kind kind, OperationStatus status, Money amount) {
        jdbc.sql("""
                insert into payments.operation (operation_id, payment_id, position, kind, status, amount)
                values (?, ?, ?, ?, ?, ?)""")
                .params(id, payment.value(), position, kind.name(), status.name(), amount.amount()).update();
    }

    /** @return whether there is such an operation */
    boolean endOperation(String id, OperationStatus status, String code) {
        return jdbc.sql("update payments.operation set status = ?, code = ? where operation_id = ?")
                .params(status.name(), code, id).update() > 0;
    }

    Optional<PaymentView> find(PaymentId id) {
        return jdbc.sql("select * from payments.payment where payment_id = ?").param(id.value())
                .query((row, number) -> view(row, operations(id, row.getString("currency")))).optional();
    }

    void clear() {
        jdbc.sql("delete from payments.operation").update();
        jdbc.sql("delete from payments.payment").update();
    }

    private List<Operation> operations(PaymentId payment, String currency) {
        return jdbc.sql("select * from payments.operation where payment_id = ? order by position")
                .param(payment.value())
                .query((row, number) -> new Operation(row.getString("operation_id"),
                        Kind.valueOf(row.getString("kind")), OperationStatus.valueOf(row.getString("status")),
                        new Money(currency, row.getLong("amount")), row.getString("code")))
                .list();
    }

    private static PaymentView view(ResultSet row, List<Operation> operations) throws SQLException {
        var currency = row.getString("currency");
        return new PaymentView(new PaymentId(row.getString("payment_id")), new OrderId(row.getString("order_id")),
                PaymentStatus.valueOf(row.getString("status")), new Money(currency, row.getLong("amount")),
                new Money(currency, row.getLong("authorized")), new Money(currency, row.getLong("captured")),
                new Money(currency, row.getLong("refunded")), operations, instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
