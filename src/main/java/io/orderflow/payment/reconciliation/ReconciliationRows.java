package io.orderflow.payment.reconciliation;

import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.payment.query.ReconciliationView;
import io.orderflow.payment.query.ReconciliationView.Difference;
import io.orderflow.payment.query.ReconciliationView.Status;
import io.orderflow.payment.reconciliation.ReconciliationRun.Report;
import io.orderflow.shared.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The last hundred reconciliations. */
@Repository
class ReconciliationRows {

    private static final int KEPT = 100;
    private static final int LONGEST_FAILURE = 1000;
    private static final TypeReference<List<Difference>> DIFFERENCES = new TypeReference<>() { };

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    ReconciliationRows(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * One try at a reconciliation.
     *
     * @param number grows each time it starts again; an earlier attempt may write no more
     * @param since  earlier operations are left out, UTC
     */
    record Attempt(String id, int number, Instant since, Instant startedAt) {
    }

    /** @throws org.springframework.dao.DuplicateKeyException when it exists, or another one is running */
    void add(String id, String gateway, Instant since, Instant at) {
        jdbc.sql("""
                insert into payments.reconciliation (reconciliation_id, gateway, status, running, attempt, since,
                  started_at, compared, in_flight, differences) values (?, ?, 'RUNNING', true, 0, ?, ?, 0, 0, 0)""")
                .params(id, gateway, utc(since), utc(at)).update();
    }

    Optional<Attempt> running() {
        return jdbc.sql("select * from payments.reconciliation where running = true")
                .query((row, number) -> attempt(row)).optional();
    }

    /** @return a new attempt, which fences off earlier ones; empty when the reconciliation has ended */
    Optional<Attempt> begin(String id, Instant at) {
        jdbc.sql("""
                update payments.reconciliation set attempt = attempt + 1, started_at = ?, compared = 0
                where reconciliation_id = ? and running = true""").params(utc(at), id).update();
        return jdbc.sql("select * from payments.reconciliation where reconciliation_id = ? and running = true")
                .param(id).query((row, number) -> attempt(row)).optional();
    }

    /** @throws IllegalStateException when another attempt has started */
    void proceed(Attempt run, long compared) {
        int rows = jdbc.sql("""
                update payments.reconciliation set compared = ?
                where reconciliation_id = ? and attempt = ? and running = true""")
                .params(compared, run.id(), run.number()).update();
        if (rows == 0) {
            throw new IllegalStateException("Reconciliation %s was started again elsewhere".formatted(run.id()));
        }
    }

    /** @return whether this attempt ended it */
    boolean finish(Attempt run, Report report, Instant at) {
        return jdbc.sql("""
                update payments.reconciliation set status = 'FINISHED', running = null, finished_at = ?, compared = ?,
                  in_flight = ?, differences = ?, listed = ?
                where reconciliation_id = ? and attempt = ? and running = true""")
                .params(utc(at), report.compared(), report.inFlight(), report.differences(), write(report.listed()),
                        run.id(), run.number()).update() > 0;
    }

    /** @return whether this attempt ended it */
    boolean fail(Attempt run, String failure, Instant at) {
        return jdbc.sql("""
                update payments.reconciliation set status = 'FAILED', running = null, finished_at = ?, failure = ?
                where reconciliation_id = ? and attempt = ? and running = true""")
                .params(utc(at), StorableText.cut(failure, LONGEST_FAILURE), run.id(), run.number()).update() > 0;
    }

    void deleteOldest() {
        jdbc.sql("""
                delete from payments.reconciliation where running is null and reconciliation_id not in
                  (select reconciliation_id from payments.reconciliation order by started_at desc limit ?)""")
                .param(KEPT).update();
    }

    Optional<ReconciliationView> find(String id) {
        return jdbc.sql("select * from payments.reconciliation where reconciliation_id = ?").param(id)
                .query((row, number) -> view(row)).optional();
    }

    Optional<ReconciliationView> latest() {
        return jdbc.sql("select * from payments.reconciliation order by started_at desc limit 1")
                .query((row, number) -> view(row)).optional();
    }

    Optional<ReconciliationView> lastFinished() {
        return jdbc.sql("""
                select * from payments.reconciliation where status = 'FINISHED' order by finished_at desc limit 1""")
                .query((row, number) -> view(row)).optional();
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(row.getString("reconciliation_id"), row.getInt("attempt"), instant(row, "since"),
                instant(row, "started_at"));
    }

    private ReconciliationView view(ResultSet row) throws SQLException {
        return new ReconciliationView(row.getString("reconciliation_id"), row.getString("gateway"),
                Status.valueOf(row.getString("status")), instant(row, "started_at"), instant(row, "finished_at"),
                instant(row, "since"), row.getLong("compared"), row.getLong("in_flight"), row.getLong("differences"),
                read(row.getString("listed")), row.getString("failure"));
    }

    private String write(List<Difference> differences) {
        try {
            return json.writeValueAsString(differences);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records are always writable", e);
        }
    }

    private List<Difference> read(@Nullable String differences) {
        try {
            return differences == null ? List.of() : json.readValue(differences, DIFFERENCES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Differences are stored by this class", e);
        }
    }
}
