package io.orderflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A gateway whose ledger a test writes, and which does what the test says when it is asked for a page. */
public final class ScriptedGateway implements PaymentGateway {

    public static final int PAGE = 500;

    private final List<GatewayEntry> ledger = new CopyOnWriteArrayList<>();
    private volatile IntConsumer beforePage = page -> { };
    private volatile Supplier<GatewayOutcome> answer;
    private volatile Instant since;
    private volatile int pages;

    public void forgetEverything() {
        ledger.clear();
        beforePage = page -> { };
        answer = () -> GatewayOutcome.unknown("silence");
        pages = 0;
    }

    public void lists(String operationId, Kind kind, OperationStatus status, Money amount, Instant at) {
        ledger.add(new GatewayEntry(operationId, "ref_" + ledger.size(), kind, amount, status, at));
    }

    /** @param action gets the number of the page that is asked for, from 1 */
    public void beforeEachPage(IntConsumer action) {
        beforePage = action;
    }

    public void answers(Supplier<GatewayOutcome> newAnswer) {
        answer = newAnswer;
    }

    public int pagesAskedFor() {
        return pages;
    }

    public Instant askedSince() {
        return since;
    }

    @Override
    public Stream<GatewayEntry> ledger(Instant from) {
        since = from;
        return IntStream.iterate(1, page -> page + 1).mapToObj(this::page).takeWhile(page -> !page.isEmpty())
                .flatMap(List::stream);
    }

    private List<GatewayEntry> page(int page) {
        assertThat(TransactionSynchronizationManager.isActualTransactionActive()).as("in a transaction").isFalse();
        pages = page;
        beforePage.accept(page);
        var all = new ArrayList<>(ledger);
        return all.subList(Math.min(all.size(), (page - 1) * PAGE), Math.min(all.size(), page * PAGE));
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public GatewayOutcome perform(GatewayOperation operation) {
        return answer.get();
    }

    @Override
    public Optional<GatewayOutcome> lookUp(GatewayOperation operation) {
        return Optional.of(answer.get());
    }

    @Override
    public Optional<GatewayNotice> read(byte[] body, UnaryOperator<String> header) {
        return Optional.empty();
    }
}
