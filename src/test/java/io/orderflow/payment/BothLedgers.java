package io.orderflow.payment;

import static org.awaitility.Awaitility.await;

import io.orderflow.payment.command.StartReconciliation;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.ReconciliationView;
import io.orderflow.payment.query.ReconciliationView.Status;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.PaymentStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes our ledger and the gateway's as a test wants them, and has them compared. */
public final class BothLedgers {

    private final JdbcClient jdbc;
    private final PaymentRows payments;
    private final ScriptedGateway gateway;
    private final CommandGateway commands;
    private final Reports reports;
    private final Clock clock;
    private final AtomicInteger runs = new AtomicInteger();

    public BothLedgers(JdbcClient jdbc, PaymentRows payments, ScriptedGateway gateway, CommandGateway commands,
            Reports reports, Clock clock) {
        this.jdbc = jdbc;
        this.payments = payments;
        this.gateway = gateway;
        this.commands = commands;
        this.reports = reports;
        this.clock = clock;
    }

    /** Finds a reconciliation, or the latest one for null. */
    public interface Reports {

        Optional<ReconciliationView> find(String id);
    }

    public void empty() {
        gateway.forgetEverything();
        payments.clear();
        jdbc.sql("delete from axon.scheduled_tasks where task_name in ('payment-reconciliation', 'gateway-operation')")
                .update();
        jdbc.sql("delete from payments.reconciliation").update();
    }

    public Instant ago(Duration age) {
        return clock.instant().minus(age).truncatedTo(ChronoUnit.MICROS);
    }

    /** Parses {@code kind status[:code] cents age[/age of the last change]}; {@code -} for nothing. */
    public void ours(String id, String described) {
        if (!described.equals("-")) {
            var words = described.split(" ");
            var status = words[1].split(":");
            var ages = words[3].split("/");
            ours(id, Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), OperationStatus.valueOf(status[0].toUpperCase(Locale.ROOT)),
                    status.length > 1 ? status[1] : null, Long.parseLong(words[2]), age(ages[0]),
                    age(ages[ages.length - 1]));
        }
    }

    public void ours(String id, Kind kind, OperationStatus status, String code, long cents, Instant requested,
            Instant changed) {
        var payment = new PaymentId("pay_" + id);
        var amount = new Money("EUR", cents);
        payments.add(new PaymentRequested(payment, new OrderId("ord_" + id), "shop", id, amount,
                new PaymentMethod("tok_ok"), null), requested);
        payments.change(payment, PaymentStatus.AUTHORIZED, 0, requested, "");
        payments.addOperation(payment, id, 0, kind, null, OperationStatus.REQUESTED, amount, requested);
        settle(id, status, code, changed);
    }

    /** A void of the payment of an operation that we have. */
    public void reversal(String id, OperationStatus status) {
        payments.addOperation(new PaymentId("pay_" + id), id + "-void", 1, Kind.VOID, null, OperationStatus.REQUESTED,
                new Money("EUR", 1000), age("old"));
        payments.setOperation(id + "-void", status, null);
        payments.change(new PaymentId("pay_" + id), PaymentStatus.VOIDED, 1, age("old"), "");
    }

    public void settle(String id, OperationStatus status, String code, Instant at) {
        payments.setOperation(id, status, code);
        payments.change(new PaymentId("pay_" + id), PaymentStatus.AUTHORIZED, 1, at, "");
    }

    /** Parses entries {@code kind status cents currency age}, separated by commas; {@code -} for none, and for no cents. */
    public void theirs(String id, String described) {
        if (!described.equals("-")) {
            for (var entry : described.split(", ")) {
                var words = entry.split(" ");
                gateway.lists(id, Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), OperationStatus.valueOf(words[1].toUpperCase(Locale.ROOT)),
                        words[2].equals("-") ? null : new Money(words[3], Long.parseLong(words[2])), age(words[4]));
            }
        }
    }

    private Instant age(String name) {
        return switch (name) {
            case "ancient" -> ago(Duration.ofDays(31));
            case "old" -> ago(Duration.ofHours(1));
            case "fresh" -> ago(Duration.ofMinutes(1));
            case "undated" -> null;
            default -> throw new IllegalArgumentException(name);
        };
    }

    public String start(Instant since) {
        var id = "rec_" + runs.incrementAndGet();
        commands.sendAndWait(new StartReconciliation(id, since));
        return id;
    }

    public ReconciliationView compare() {
        return awaitEnd(start(null));
    }

    public ReconciliationView awaitEnd(String id) {
        return await().until(() -> find(id).orElseThrow(), found -> found.status() != Status.RUNNING);
    }

    public Optional<ReconciliationView> find(String id) {
        return reports.find(id);
    }
}
