package io.orderflow.payment.reconciliation;

import static io.orderflow.shared.StoredInstant.instant;
import static io.orderflow.shared.StoredInstant.utc;

import io.orderflow.payment.query.ReconciliationView;
import io.orderflow.payment.query.ReconciliationView.Status;
import io.orderflow.shared.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The last hundred comparisons with the gateway's ledger. */
@Repository
class ReconciliationRows {

    private static final int KEPT = 100;
    private static final int LONGEST_FAILURE = 1000;

    private final JdbcClient jdbc;
    private final DifferenceRows differences;

    ReconciliationRows(JdbcClient jdbc, DifferenceRows differences) {
        this.jdbc = jdbc;
        this.differences = differences;
    }

    /** @throws org.springframework.dao.DuplicateKeyException when it is there already, or another one runs */
    void add(String id, String gateway, Instant since, Instant at) {
        jdbc.sql("""
                insert into payments.reconciliation (reconciliation_id, gateway, status, running, attempt, since,
                  started_at, compared, in_flight, differences) values (?, ?, 'RUNNING', true, 0, ?, ?, 0, 0, 0)""")
                .params(id, gateway, utc(since), utc(at)).update();
    }

    Optional<String> running() {
        return jdbc.sql("select reconciliation_id from payments.reconciliation where running = true")
                .query(String.class).optional();
    }

    /** @return a new attempt, which ends the right of an earlier one to write; empty when it has ended */
    Optional<ReconciliationAttempt> begin(String id, Instant at) {
        jdbc.sql("""
                update payments.reconciliation set attempt = attempt + 1, started_at = ?, compared = 0, in_flight = 0,
                  differences = 0 where reconciliation_id = ? and running = true""").params(utc(at), id).update();
        return jdbc.sql("select * from payments.reconciliation where reconciliation_id = ? and running = true")
                .param(id).query((row, number) -> new ReconciliationAttempt(id, row.getInt("attempt"),
                        instant(row, "since"), instant(row, "started_at"))).optional();
    }

    /** @throws IllegalStateException when somebody else has begun anew */
    void proceed(ReconciliationAttempt run, long compared, long inFlight, long differences) {
        int rows = jdbc.sql("""
                update payments.reconciliation set compared = ?, in_flight = ?, differences = ?
                where reconciliation_id = ? and attempt = ? and running = true""")
                .params(compared, inFlight, differences, run.id(), run.attempt()).update();
        if (rows == 0) {
            throw new IllegalStateException("Reconciliation %s was begun anew elsewhere".formatted(run.id()));
        }
    }

    /** @return whether it was this attempt that ended it */
    boolean end(ReconciliationAttempt run, Status status, String failure, Instant at) {
        return jdbc.sql("""
                update payments.reconciliation set status = ?, running = null, finished_at = ?, failure = ?
                where reconciliation_id = ? and attempt = ? and running = true""")
                .params(status.name(), utc(at), StorableText.cut(failure, LONGEST_FAILURE), run.id(), run.attempt()).update() > 0;
    }

    /** One that nobody works on any more, whatever became of its task. */
    void abandon(String id, String failure, Instant at) {
        jdbc.sql("""
                update payments.reconciliation set status = 'FAILED', running = null, finished_at = ?, failure = ?
                where reconciliation_id = ? and running = true""").params(utc(at), failure, id).update();
    }

    void forgetOldest() {
        jdbc.sql("""
                delete from payments.reconciliation where running is null and reconciliation_id not in
                  (select reconciliation_id from payments.reconciliation order by started_at desc limit ?)""")
                .param(KEPT).update();
    }

    /** The differences are read last: once it has ended, all of them are there. */
    Optional<ReconciliationView> find(String id) {
        return jdbc.sql("select * from payments.reconciliation where reconciliation_id = ?").param(id)
                .query((row, number) -> view(row)).optional().map(this::withDifferences);
    }

    /** Whichever was started last. */
    Optional<String> latest() {
        return jdbc.sql("select reconciliation_id from payments.reconciliation order by started_at desc limit 1")
                .query(String.class).optional();
    }

    /** What the last one that came to its end says, without the differences themselves. */
    Optional<ReconciliationView> lastFinished() {
        return jdbc.sql("""
                select * from payments.reconciliation where status = 'FINISHED' order by finished_at desc limit 1""")
                .query((row, number) -> view(row)).optional();
    }

    private ReconciliationView withDifferences(ReconciliationView found) {
        return new ReconciliationView(found.id(), found.gateway(), found.status(), found.startedAt(),
                found.finishedAt(), found.since(), found.compared(), found.inFlight(), found.differencesCount(),
                differences.of(found.id()), found.failure());
    }

    private static ReconciliationView view(ResultSet row) throws SQLException {
        return new ReconciliationView(row.getString("reconciliation_id"), row.getString("gateway"),
                Status.valueOf(row.getString("status")), instant(row, "started_at"), instant(row, "finished_at"),
                instant(row, "since"), row.getLong("compared"), row.getLong("in_flight"),
                row.getLong("differences"), List.of(), row.getString("failure"));
    }
}
