package io.orderflow.payment.gateway;

import io.orderflow.payment.BeginOperation;
import io.orderflow.payment.OperationIds;
import io.orderflow.payment.RecordOutcome;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.ReversalDemanded;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;

/**
 * A gateway and the work in front of it as a model: one payment, no threads, no time. Whoever plays with it decides
 * when something is sent, whether the answer arrives, and how often the gateway repeats itself.
 */
public final class ModelGateway {

    /** What the gateway makes of an authorization, or of any other operation. */
    public enum Verdict { YES, NO, CUSTOMER, LATER }

    private final CommandGateway commands;
    private final List<GatewayWork> queue = new ArrayList<>();
    private final Map<String, GatewayOutcome> ledger = new LinkedHashMap<>();
    private final List<Map.Entry<String, GatewayOutcome>> history = new ArrayList<>();
    private final Map<String, GatewayOperation> known = new LinkedHashMap<>();
    private long held;
    private long captured;
    private long refunded;
    private int authorizations;
    private boolean askedForTooMuch;

    public ModelGateway(CommandGateway commands) {
        this.commands = commands;
    }

    /** Queues what an event asks of the gateway, as the application does. */
    public void hear(Object event) {
        if (event instanceof PaymentRequested requested) {
            queue.add(GatewayWork.first(GatewayOperation.of(requested, Instant.EPOCH)));
        } else if (event instanceof CaptureRequested requested) {
            queue.add(GatewayWork.first(GatewayOperation.of(requested, Instant.EPOCH)));
        } else if (event instanceof RefundRequested requested) {
            queue.add(GatewayWork.first(GatewayOperation.of(requested, Instant.EPOCH)));
        } else if (event instanceof ReversalRequested requested) {
            queue.add(GatewayWork.first(GatewayOperation.of(requested, Instant.EPOCH)));
        } else if (event instanceof ReversalDemanded demanded) {
            queue.replaceAll(work -> work.operation().id().equals(OperationIds.authorization(demanded.paymentId()))
                    ? work.perhapsGivenUp() : work);
        }
    }

    public boolean isIdle() {
        return queue.isEmpty();
    }

    /** Takes the next work up; the gateway judges it if it hears of it for the first time. */
    public void work(Verdict verdict, boolean answerLost) {
        if (queue.isEmpty()) {
            return;
        }
        var work = queue.remove(0);
        var operation = work.operation();
        if (!isWanted(work)) {
            return;
        }
        var truth = perform(operation, verdict);
        var told = answerLost ? GatewayOutcome.unknown("lost") : truth;
        record(operation, told);
        if (!told.isFinal()) {
            queue.add(work.inDoubt());
        }
    }

    /** The worker dies with the answer in hand. */
    public void die(Verdict verdict) {
        if (!queue.isEmpty()) {
            var work = queue.remove(0);
            var operation = work.operation();
            if (isWanted(work)) {
                perform(operation, verdict);
                queue.add(work.inDoubt());
            }
        }
    }

    /** The gateway was not asked, because it is away. */
    public void beAway() {
        if (!queue.isEmpty()) {
            var work = queue.remove(0);
            if (isWanted(work)) {
                queue.add(work);
            }
        }
    }

    /** The customer acts, or the bank makes up its mind about what is pending. */
    public void settle(boolean yes) {
        open().forEach(id -> write(id, yes ? effect(known.get(id)) : known.get(id).kind() == Kind.AUTHORIZE
                ? GatewayOutcome.declined("declined", "No.") : GatewayOutcome.failed("refused", "No.")));
    }

    /** Says once more everything that was ever true, the latest first, as callbacks do that come late or twice. */
    public void callBack() {
        for (int said = history.size() - 1; said >= 0; said--) {
            record(known.get(history.get(said).getKey()), history.get(said).getValue());
        }
    }

    private void write(String id, GatewayOutcome outcome) {
        ledger.put(id, outcome);
        history.add(Map.entry(id, outcome));
    }

    public long held() {
        return held;
    }

    public long net() {
        return captured - refunded;
    }

    /** Whether only the gateway's own rule has kept more from being taken or paid back than there was. */
    public boolean wasAskedForTooMuch() {
        return askedForTooMuch;
    }

    public int authorizations() {
        return authorizations;
    }

    /** As the application does: asked only about what somebody has given up, and never about what may have happened. */
    private boolean isWanted(GatewayWork work) {
        return !work.givenUp() || work.isInDoubt() || commands.<Boolean>sendAndWait(
                new BeginOperation(work.operation().paymentId(), work.operation().id()));
    }

    private GatewayOutcome perform(GatewayOperation operation, Verdict verdict) {
        known.putIfAbsent(operation.id(), operation);
        var before = ledger.get(operation.id());
        if (before == null) {
            write(operation.id(), judge(operation, verdict));
        }
        return ledger.get(operation.id());
    }

    private GatewayOutcome judge(GatewayOperation operation, Verdict verdict) {
        boolean authorization = operation.kind() == Kind.AUTHORIZE;
        return switch (verdict) {
            case YES -> effect(operation);
            case NO -> authorization ? GatewayOutcome.declined("declined", "No.")
                    : operation.kind() == Kind.REFUND ? GatewayOutcome.failed("refused", "No.") : effect(operation);
            case CUSTOMER -> authorization ? GatewayOutcome.actionRequired("auth_1",
                    new NextAction("redirect", "https://bank.example", Instant.EPOCH)) : effect(operation);
            case LATER -> operation.kind() == Kind.VOID || operation.kind() == Kind.CAPTURE ? effect(operation)
                    : GatewayOutcome.pending("auth_1");
        };
    }

    private GatewayOutcome effect(GatewayOperation operation) {
        long amount = operation.amount().amount();
        switch (operation.kind()) {
            case AUTHORIZE -> {
                held += amount;
                authorizations++;
            }
            case CAPTURE -> {
                if (amount > held) {
                    askedForTooMuch = true;
                    return GatewayOutcome.failed("too_much", "There is not so much set aside.");
                }
                held -= amount;
                captured += amount;
            }
            case REFUND -> {
                if (amount > captured - refunded) {
                    askedForTooMuch = true;
                    return GatewayOutcome.failed("too_much", "There is not so much taken.");
                }
                refunded += amount;
            }
            case VOID -> {
                boolean declined = known.values().stream().anyMatch(other -> other.kind() == Kind.AUTHORIZE
                        && ledger.containsKey(other.id()) && ledger.get(other.id()).status() != OperationStatus.SUCCEEDED && ledger.get(other.id()).isFinal());
                if (declined) {
                    return GatewayOutcome.failed("declined", "There is nothing to void.");
                }
                held = 0;
                open().filter(id -> known.get(id).kind() == Kind.AUTHORIZE)
                        .forEach(id -> write(id, GatewayOutcome.declined("cancelled", "Voided.")));
            }
        }
        return GatewayOutcome.succeeded("auth_1");
    }

    private Stream<String> open() {
        return ledger.keySet().stream().filter(id -> !ledger.get(id).isFinal()).toList().stream();
    }

    private void record(GatewayOperation operation, GatewayOutcome outcome) {
        commands.sendAndWait(new RecordOutcome(operation.paymentId(), operation.id(), outcome));
    }
}
