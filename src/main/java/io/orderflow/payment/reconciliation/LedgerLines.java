package io.orderflow.payment.reconciliation;

import static io.orderflow.shared.StoredInstant.instant;

import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.StoredInstant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a running comparison has read so far, kept in a table because no memory need be large enough for it. */
@Repository
class LedgerLines {

    /** More at once might outlast the time that a statement has. */
    private static final int FORGOTTEN_AT_ONCE = 10_000;
    private static final int[] TYPES = {Types.VARCHAR, Types.VARCHAR, Types.VARCHAR, Types.VARCHAR, Types.BIGINT,
            Types.TIMESTAMP_WITH_TIMEZONE, Types.INTEGER, Types.VARCHAR, Types.VARCHAR, Types.BIGINT, Types.VARCHAR};

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    LedgerLines(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    Map<String, LedgerLine> find(ReconciliationAttempt run, Collection<String> operationIds) {
        if (operationIds.isEmpty()) {
            return Collections.emptyMap();
        }
        return jdbc.sql("""
                select * from payments.reconciliation_line where reconciliation_id = :run and operation_id in (:ids)""")
                .param("run", run.id()).param("ids", operationIds).query((row, number) -> line(row)).list().stream()
                .collect(Collectors.toMap(LedgerLine::operationId, Function.identity()));
    }

    void add(ReconciliationAttempt run, List<LedgerLine> lines) {
        batches.batchUpdate("""
                insert into payments.reconciliation_line (reference, kind, status, currency, amount, at, successes,
                  verdict, reconciliation_id, position, operation_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                lines.stream().map(line -> values(run, line)).toList(), TYPES);
    }

    void replace(ReconciliationAttempt run, List<LedgerLine> lines) {
        batches.batchUpdate("""
                update payments.reconciliation_line set reference = ?, kind = ?, status = ?, currency = ?, amount = ?,
                  at = ?, successes = ?, verdict = ?
                where reconciliation_id = ? and position = ? and operation_id = ?""",
                lines.stream().map(line -> values(run, line)).toList(), TYPES);
    }

    /** Lines that differ, from a position on. */
    List<LedgerLine> suspects(ReconciliationAttempt run, long after, int limit) {
        return jdbc.sql("""
                select * from payments.reconciliation_line
                where reconciliation_id = ? and position > ? and verdict = 'DIFFERS' order by position limit ?""")
                .params(run.id(), after, limit).query((row, number) -> line(row)).list();
    }

    /** Not in one transaction: whoever is interrupted begins anew. */
    void clear(ReconciliationAttempt run) {
        long last = jdbc.sql("""
                select coalesce(max(position), 0) from payments.reconciliation_line where reconciliation_id = ?""")
                .param(run.id()).query(Long.class).single();
        for (long upTo = FORGOTTEN_AT_ONCE; upTo < last + FORGOTTEN_AT_ONCE; upTo += FORGOTTEN_AT_ONCE) {
            jdbc.sql("delete from payments.reconciliation_line where reconciliation_id = ? and position <= ?")
                    .params(run.id(), upTo).update();
        }
    }

    private static Object[] values(ReconciliationAttempt run, LedgerLine line) {
        var theirs = Optional.ofNullable(line.theirs());
        return new Object[] {theirs.map(GatewayEntry::reference).orElse(null),
                theirs.map(GatewayEntry::kind).map(Kind::name).orElse(null),
                theirs.map(GatewayEntry::status).map(OperationStatus::name).orElse(null),
                theirs.map(GatewayEntry::amount).map(Money::currency).orElse(null),
                theirs.map(GatewayEntry::amount).map(Money::amount).orElse(null),
                theirs.map(GatewayEntry::at).map(StoredInstant::utc).orElse(null),
                line.successes(), line.verdict().name(), run.id(), line.position(), line.operationId()};
    }

    private static LedgerLine line(ResultSet row) throws SQLException {
        var operation = row.getString("operation_id");
        String currency = row.getString("currency");
        var theirs = row.getString("status") == null ? null : new GatewayEntry(operation, row.getString("reference"),
                Kind.valueOf(row.getString("kind")), currency == null ? null : new Money(currency, row.getLong("amount")),
                OperationStatus.valueOf(row.getString("status")), instant(row, "at"));
        return new LedgerLine(row.getLong("position"), operation, theirs, row.getInt("successes"),
                ComparisonResult.valueOf(row.getString("verdict")));
    }
}
