package io.orderflow.payment.reconciliation;

import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.reconciliation.ReconciliationRows.Attempt;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Joins the gateway's ledger, copied to a staging table because it may not fit into memory, with our operations. */
@Repository
class LedgerRows {

    /** More might exceed the time limit of a statement. */
    private static final int DELETED_AT_ONCE = 10_000;
    private static final int LONGEST_NAME = 255;
    private static final int[] TYPES = {Types.VARCHAR, Types.BIGINT, Types.VARCHAR, Types.VARCHAR, Types.VARCHAR,
            Types.VARCHAR, Types.VARCHAR, Types.BIGINT, Types.TIMESTAMP_WITH_TIMEZONE};

    private static final String PAIR = """
            select l.position, l.operation_id as their_id, l.reference, l.kind as their_kind, l.status as their_status,
              l.currency as their_currency, l.amount as their_amount, l.at as their_at,
              (select count(*) from payments.reconciliation_line s where s.reconciliation_id = l.reconciliation_id
                and s.operation_id = l.operation_id and s.status = 'SUCCEEDED') as successes,
              o.operation_id, o.payment_id, o.kind, o.status, o.amount, o.code, o.requested_at, p.currency,
              p.updated_at,
              exists (select 1 from payments.operation v where v.payment_id = o.payment_id and v.kind = 'VOID'
                and v.status = 'SUCCEEDED') as voided
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    LedgerRows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** @param after position of the last entry that was added before */
    void add(Attempt run, long after, List<GatewayEntry> entries) {
        batches.batchUpdate("""
                insert into payments.reconciliation_line (reconciliation_id, position, operation_id, reference, kind,
                  status, currency, amount, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                IntStream.range(0, entries.size()).mapToObj(index ->
                        values(run, after + index + 1, entries.get(index))).toList(), TYPES);
    }

    private static Object[] values(Attempt run, long position, GatewayEntry entry) {
        var amount = entry.amount();
        return new Object[] {run.id(), position, StorableText.cut(entry.operationId(), LONGEST_NAME),
                StorableText.cut(entry.reference(), LONGEST_NAME), entry.kind().name(), entry.status().name(),
                amount == null ? null : amount.currency(), amount == null ? null : amount.amount(), utc(entry.at())};
    }

    /** The operations that the gateway names, by the position of the entry that counts. */
    List<LedgerPair> named(Attempt run, @Nullable LedgerPair after, int limit) {
        return jdbc.sql(PAIR + """
                from payments.reconciliation_line l left join payments.operation o on o.operation_id = l.operation_id
                  left join payments.payment p on p.payment_id = o.payment_id
                where l.reconciliation_id = :run and l.position > :after
                  and not exists (select 1 from payments.reconciliation_line b
                    where b.reconciliation_id = l.reconciliation_id and b.operation_id = l.operation_id
                      and (b.status = 'SUCCEEDED' and (l.status <> 'SUCCEEDED' or b.position < l.position)
                        or b.status <> 'SUCCEEDED' and l.status <> 'SUCCEEDED' and b.position > l.position))
                order by l.position limit :limit""")
                .param("run", run.id()).param("after", after == null ? 0 : after.position()).param("limit", limit)
                .query((row, number) -> pair(row)).list();
    }

    /** Our operations of the window that the gateway does not name, by the time of their request. */
    List<LedgerPair> unnamed(Attempt run, @Nullable LedgerPair after, int limit) {
        return jdbc.sql(PAIR + """
                from payments.operation o join payments.payment p on p.payment_id = o.payment_id
                  left join payments.reconciliation_line l
                    on l.reconciliation_id = :run and l.operation_id = o.operation_id
                where l.position is null and o.requested_at >= :from and o.requested_at < :to
                  and (o.requested_at > :from or o.operation_id > :after)
                order by o.requested_at, o.operation_id limit :limit""")
                .param("run", run.id()).param("limit", limit).param("to", utc(run.startedAt()))
                .param("from", utc(after == null ? run.since() : after.ours().requestedAt()))
                .param("after", after == null ? "" : after.operationId())
                .query((row, number) -> pair(row)).list();
    }

    /** In several transactions; an interrupted run starts again from the beginning. */
    void clear(Attempt run) {
        long last = jdbc.sql("""
                select coalesce(max(position), 0) from payments.reconciliation_line where reconciliation_id = ?""")
                .param(run.id()).query(Long.class).single();
        for (long upTo = DELETED_AT_ONCE; upTo < last + DELETED_AT_ONCE; upTo += DELETED_AT_ONCE) {
            jdbc.sql("delete from payments.reconciliation_line where reconciliation_id = ? and position <= ?")
                    .params(run.id(), upTo).update();
        }
    }

    private static LedgerPair pair(ResultSet row) throws SQLException {
        var theirs = row.getString("their_status") == null ? null : new GatewayEntry(row.getString("their_id"),
                row.getString("reference"), Kind.valueOf(row.getString("their_kind")),
                row.getString("their_currency") == null ? null
                        : new Money(row.getString("their_currency"), row.getLong("their_amount")),
                OperationStatus.valueOf(row.getString("their_status")), instant(row, "their_at"));
        var ours = row.getString("payment_id") == null ? null : new OurOperation(row.getString("operation_id"),
                new PaymentId(row.getString("payment_id")), Kind.valueOf(row.getString("kind")),
                OperationStatus.valueOf(row.getString("status")),
                new Money(row.getString("currency"), row.getLong("amount")), row.getString("code"),
                row.getBoolean("voided"), instant(row, "requested_at"), instant(row, "updated_at"));
        return new LedgerPair(row.getLong("position"), theirs, row.getInt("successes"), ours);
    }
}
