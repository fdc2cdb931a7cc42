package io.orderflow.payment.reconciliation;

import static io.orderflow.shared.StoredInstant.instant;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.ReconciliationView.Difference;
import io.orderflow.payment.query.ReconciliationView.DifferenceKind;
import io.orderflow.payment.query.ReconciliationView.Ours;
import io.orderflow.payment.query.ReconciliationView.Theirs;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.StoredInstant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What comparisons with the gateway's ledger have found; it goes with them. */
@Repository
class DifferenceRows {

    private final JdbcClient jdbc;

    DifferenceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(ReconciliationAttempt run, long position, Difference difference) {
        var ours = Optional.ofNullable(difference.ours());
        var theirs = Optional.ofNullable(difference.theirs());
        jdbc.sql("""
                insert into payments.reconciliation_difference (reconciliation_id, position, kind, operation_id,
                  payment_id, gateway_reference, our_kind, our_status, our_currency, our_amount, their_kind,
                  their_status, their_currency, their_amount, their_at, text)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(run.id()).param(position).param(difference.kind().name()).param(difference.operationId())
                .param(Optional.ofNullable(difference.paymentId()).map(PaymentId::value).orElse(null))
                .param(difference.gatewayReference())
                .param(ours.map(Ours::kind).map(Kind::name).orElse(null))
                .param(ours.map(Ours::status).map(OperationStatus::name).orElse(null))
                .param(ours.map(Ours::amount).map(Money::currency).orElse(null))
                .param(ours.map(Ours::amount).map(Money::amount).orElse(null))
                .param(theirs.map(Theirs::kind).map(Kind::name).orElse(null))
                .param(theirs.map(Theirs::status).map(OperationStatus::name).orElse(null))
                .param(theirs.map(Theirs::amount).map(Money::currency).orElse(null))
                .param(theirs.map(Theirs::amount).map(Money::amount).orElse(null))
                .param(theirs.map(Theirs::at).map(StoredInstant::utc).orElse(null))
                .param(difference.text()).update();
    }

    List<Difference> of(String reconciliationId) {
        return jdbc.sql("""
                select * from payments.reconciliation_difference where reconciliation_id = ? order by position""")
                .param(reconciliationId).query((row, number) -> difference(row)).list();
    }

    void clear(ReconciliationAttempt run) {
        jdbc.sql("delete from payments.reconciliation_difference where reconciliation_id = ?").param(run.id()).update();
    }

    private static Difference difference(ResultSet row) throws SQLException {
        var payment = row.getString("payment_id");
        var ours = row.getString("our_kind") == null ? null : new Ours(Kind.valueOf(row.getString("our_kind")),
                OperationStatus.valueOf(row.getString("our_status")), money(row, "our_"));
        var theirs = row.getString("their_kind") == null ? null : new Theirs(Kind.valueOf(row.getString("their_kind")),
                OperationStatus.valueOf(row.getString("their_status")), money(row, "their_"),
                instant(row, "their_at"));
        return new Difference(DifferenceKind.valueOf(row.getString("kind")), row.getString("operation_id"),
                payment == null ? null : new PaymentId(payment), row.getString("gateway_reference"), ours, theirs,
                row.getString("text"));
    }

    private static Money money(ResultSet row, String whose) throws SQLException {
        return new Money(row.getString(whose + "currency"), row.getLong(whose + "amount"));
    }
}
