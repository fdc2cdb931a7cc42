package io.orderflow.payment.reconciliation;

import static io.orderflow.shared.StoredInstant.instant;
import static io.orderflow.shared.StoredInstant.utc;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Our side of a comparison with the gateway's ledger: the operations of all payments as they are projected. */
@Repository
class OurOperations {

    private static final String OPERATION = """
            select o.operation_id, o.payment_id, o.kind, o.status, o.amount, o.code, o.requested_at, p.currency,
              p.updated_at, exists (select 1 from payments.operation v where v.payment_id = o.payment_id
                and v.kind = 'VOID' and v.status = 'SUCCEEDED') as voided
              from payments.operation o join payments.payment p on p.payment_id = o.payment_id
            """;

    private final JdbcClient jdbc;

    OurOperations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, OurOperation> find(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Collections.emptyMap();
        }
        return jdbc.sql(OPERATION + "where o.operation_id in (:ids)").param("ids", ids)
                .query((row, number) -> operation(row)).list().stream()
                .collect(Collectors.toMap(OurOperation::id, Function.identity()));
    }

    /**
     * Operations of a run's window that its gateway's ledger does not name, by when they were requested.
     *
     * @param after the last one of the page before, null for the first page
     */
    List<OurOperation> unnamed(ReconciliationAttempt run, OurOperation after, int limit) {
        return jdbc.sql(OPERATION + """
                where o.requested_at >= :from and o.requested_at < :to
                  and (o.requested_at > :from or o.operation_id > :after)
                  and not exists (select 1 from payments.reconciliation_line l
                    where l.reconciliation_id = :run and l.operation_id = o.operation_id)
                order by o.requested_at, o.operation_id limit :limit""")
                .param("from", utc(after == null ? run.since() : after.requestedAt()))
                .param("to", utc(run.startedAt())).param("after", after == null ? "" : after.id())
                .param("run", run.id()).param("limit", limit)
                .query((row, number) -> operation(row)).list();
    }

    private static OurOperation operation(ResultSet row) throws SQLException {
        return new OurOperation(row.getString("operation_id"), new PaymentId(row.getString("payment_id")),
                Kind.valueOf(row.getString("kind")), OperationStatus.valueOf(row.getString("status")),
                new Money(row.getString("currency"), row.getLong("amount")), row.getString("code"),
                row.getBoolean("voided"), instant(row, "requested_at"), instant(row, "updated_at"));
    }
}
