package io.orderflow.payment;

import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.payment.query.PaymentView.Action;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.Operation;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.RefundView;
import io.orderflow.payment.query.RefundView.Status;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of the payment resource. */
@Repository
class PaymentRows {

    private final JdbcClient jdbc;

    PaymentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void add(PaymentRequested event, Instant at) {
        jdbc.sql("""
                insert into payments.payment (payment_id, order_id, shop, status, currency, amount, authorized, captured,
                  refunded, version, created_at, updated_at) values (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?)""")
                .param(event.paymentId().value()).param(event.orderId().value()).param(event.shop())
                .param(event.paymentStatus().name()).param(event.amount().currency()).param(event.amount().amount())
                .param(utc(at)).param(utc(at)).update();
    }

    /**
     * Writes what an event changes of its payment by one statement.
     *
     * @param assignments SQL, each followed by a comma
     * @param values      of their parameters
     */
    public void change(PaymentId id, PaymentStatus status, long version, Instant at, String assignments,
            @Nullable Object... values) {
        var all = new ArrayList<@Nullable Object>(Arrays.asList(values));
        all.addAll(List.of(status.name(), version, utc(at), id.value()));
        jdbc.sql("update payments.payment set" + assignments + " status = ?, version = ?, updated_at = ?"
                + " where payment_id = ?").params(all).update();
    }

    /** @param subject the shipment of a capture, the refund of a refund, or null */
    public void addOperation(PaymentId payment, String id, long position, Kind kind, @Nullable String subject,
            OperationStatus status, Money amount, Instant at) {
        jdbc.sql("""
                insert into payments.operation (operation_id, payment_id, position, kind, subject, status, amount,
                  requested_at) values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(id, payment.value(), position, kind.name(), subject, status.name(), amount.amount(), utc(at))
                .update();
    }

    /** @return whether there is such an operation */
    public boolean setOperation(String id, OperationStatus status, @Nullable String code) {
        return jdbc.sql("update payments.operation set status = ?, code = ? where operation_id = ?")
                .params(status.name(), code, id).update() > 0;
    }

    void closeAuthorization(PaymentId payment) {
        jdbc.sql("""
                update payments.operation set status = 'DECLINED', code = 'given_up' where payment_id = ?
                  and kind = 'AUTHORIZE' and status not in ('SUCCEEDED', 'DECLINED', 'FAILED')""")
                .param(payment.value()).update();
    }

    void addRefund(PaymentId payment, String id, long position, Money amount, String reason, Status status) {
        jdbc.sql("""
                insert into payments.refund (refund_id, payment_id, position, amount, reason, status)
                values (?, ?, ?, ?, ?, ?)""")
                .param(id).param(payment.value()).param(position).param(amount.amount()).param(reason)
                .param(status.name()).update();
    }

    /** @return whether there is such a refund */
    boolean setRefund(String id, Status status) {
        return jdbc.sql("update payments.refund set status = ? where refund_id = ?").params(status.name(), id)
                .update() > 0;
    }

    /** Does nothing unless it is the operation of a refund. */
    void settleRefund(String operationId) {
        jdbc.sql("""
                update payments.refund set status = 'SETTLED_BY_HAND' where refund_id =
                  (select subject from payments.operation where operation_id = ? and kind = 'REFUND')""")
                .param(operationId).update();
    }

    /**
     * In one statement, so that the payment, its operations and its refunds are read at the same moment. The refunds are
     * joined to the one authorization only, not to each operation.
     */
    Optional<PaymentView> find(FindPayment query) {
        var operations = new LinkedHashMap<String, Operation>();
        var refunds = new LinkedHashMap<String, RefundView>();
        return jdbc.sql("""
                select p.*, o.operation_id, o.kind, o.subject, o.status as operation_status,
                  o.amount as operation_amount, o.code, o.requested_at, r.refund_id, r.amount as refund_amount,
                  r.reason, r.status as refund_status
                from payments.payment p
                left join payments.operation o on o.payment_id = p.payment_id
                left join payments.refund r on r.payment_id = p.payment_id and o.kind = 'AUTHORIZE'
                where p.payment_id = :id%s order by o.position, r.position"""
                        .formatted(query.shop() == null ? "" : " and p.shop = :shop"))
                .param("id", query.paymentId().value()).param("shop", query.shop())
                .query((row, number) -> {
                    if (row.getString("operation_id") != null) {
                        operations.put(row.getString("operation_id"), operation(row));
                    }
                    if (row.getString("refund_id") != null) {
                        refunds.put(row.getString("refund_id"), refund(row));
                    }
                    return view(row);
                }).list().stream().findFirst()
                .map(payment -> payment.with(withActions(operations.values()), List.copyOf(refunds.values())));
    }

    public void clear() {
        jdbc.sql("delete from payments.refund").update();
        jdbc.sql("delete from payments.operation").update();
        jdbc.sql("delete from payments.payment").update();
    }

    /** Computes their actions as the aggregate does. */
    private static List<Operation> withActions(Collection<Operation> listed) {
        var all = new Operations();
        listed.forEach(each -> {
            all.start(each.id(), each.kind(), each.amount(), each.subject());
            all.mark(each.id(), each.status());
        });
        return listed.stream().map(each -> all.isOpenFailure(each.id()) ? each.with(List.of(Action.values())) : each)
                .toList();
    }

    private static Operation operation(ResultSet row) throws SQLException {
        return new Operation(row.getString("operation_id"), Kind.valueOf(row.getString("kind")),
                row.getString("subject"), OperationStatus.valueOf(row.getString("operation_status")),
                new Money(row.getString("currency"), row.getLong("operation_amount")), row.getString("code"), List.of(),
                instant(row, "requested_at"));
    }

    private static RefundView refund(ResultSet row) throws SQLException {
        return new RefundView(row.getString("refund_id"), new PaymentId(row.getString("payment_id")),
                new Money(row.getString("currency"), row.getLong("refund_amount")), row.getString("reason"),
                Status.valueOf(row.getString("refund_status")));
    }

    private static PaymentView view(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new PaymentView(new PaymentId(row.getString("payment_id")), new OrderId(row.getString("order_id")),
                PaymentStatus.valueOf(row.getString("status")), new Money(currency, row.getLong("amount")),
                new Money(currency, row.getLong("authorized")), new Money(currency, row.getLong("captured")),
                new Money(currency, row.getLong("refunded")), instant(row, "capture_before"), nextAction(row),
                List.of(), List.of(), row.getLong("version"), instant(row, "created_at"), instant(row, "updated_at"));
    }

    private static NextAction nextAction(ResultSet row) throws SQLException {
        boolean awaited = PaymentStatus.ACTION_REQUIRED.name().equals(row.getString("status"));
        return awaited ? new NextAction(row.getString("action_type"), row.getString("action_url"),
                instant(row, "action_expires_at")) : null;
    }
}
