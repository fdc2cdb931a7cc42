package io.orderflow.order;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.order.event.DispatchedLine;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.ReturnedLine;
import io.orderflow.order.query.ReturnView;
import io.orderflow.order.query.ReturnView.Status;
import io.orderflow.shared.Money;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Refusal.Kind;
import io.orderflow.shared.Sku;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The returns of an order. Each dispatched unit can come back once. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class Returns {

    private LinkedHashMap<Sku, Quantity> out = new LinkedHashMap<>();
    private LinkedHashMap<String, ReturnView> answers = new LinkedHashMap<>();
    private LinkedHashSet<String> open = new LinkedHashSet<>();

    void dispatched(List<DispatchedLine> lines) {
        lines.forEach(line -> out.merge(line.sku(), line.quantity(), Quantity::plus));
    }

    boolean contains(String returnId) {
        return answers.containsKey(returnId);
    }

    boolean areOpen(String returnId) {
        return open.contains(returnId);
    }

    /**
     * The value of the lines of a return.
     *
     * @throws Refusal when they cannot come back
     */
    Money value(List<ReturnedLine> lines, OrderLines ordered) {
        requireDispatched();
        requireEachOnce(lines);
        var wanted = new LinkedHashMap<Sku, Quantity>();
        for (ReturnedLine line : lines) {
            requireUnits(line);
            ordered.requireKnown(line.sku());
            wanted.merge(line.sku(), line.quantity(), Quantity::plus);
        }
        wanted.forEach(this::requireOut);
        return ordered.value(wanted);
    }

    void add(GoodsReturned returned) {
        returned.lines().forEach(line -> out.merge(line.sku(), line.quantity(), Quantity::minus));
        answers.put(returned.returnId(), new ReturnView(returned.returnId(), returned.orderId(), returned.lines(),
                returned.value(), returned.reason(), Status.OPEN, returned.returnedAt()));
        open.add(returned.returnId());
    }

    void close(String returnId) {
        open.remove(returnId);
    }

    /** The answer to the command that returned the goods, the same for every repetition. */
    ReturnView answer(String returnId) {
        return answers.get(returnId);
    }

    /** The return in its current state. */
    ReturnView view(String returnId) {
        var first = answers.get(returnId);
        return new ReturnView(first.id(), first.orderId(), first.lines(), first.value(), first.reason(),
                areOpen(returnId) ? Status.OPEN : Status.CLOSED, first.returnedAt());
    }

    /** @throws Refusal when the order has no such return */
    void requireKnown(String returnId) {
        if (!contains(returnId)) {
            throw new Refusal(Kind.NOT_FOUND, "unknown_return", "This order has no return '%s'.".formatted(returnId));
        }
    }

    private void requireDispatched() {
        if (out.isEmpty()) {
            throw new Refusal(Kind.CONFLICT, "not_dispatched", "Nothing of this order was dispatched, so that nothing "
                    + "can come back; an order that is still open can be cancelled.");
        }
    }

    private void requireOut(Sku sku, Quantity wanted) {
        Quantity left = out.getOrDefault(sku, Quantity.ZERO);
        if (wanted.compareTo(left) > 0) {
            throw new Refusal(Kind.CONFLICT, "more_than_dispatched", ("Only %s of %s are with the customer, not %s; "
                    + "name what was dispatched and has not come back yet.").formatted(left, sku, wanted),
                    Map.of("sku", sku.value(), "left", left.value()));
        }
    }

    private static void requireEachOnce(List<ReturnedLine> lines) {
        if (lines.isEmpty()) {
            throw new Refusal(Kind.INVALID, "invalid_lines", "Name what came back.");
        }
        if (lines.stream().map(line -> Map.entry(line.sku(), line.condition())).distinct().count() < lines.size()) {
            throw new Refusal(Kind.INVALID, "duplicate_sku",
                    "Name each SKU once per condition and its units together.");
        }
    }

    private static void requireUnits(ReturnedLine line) {
        if (line.quantity().isZero()) {
            throw new Refusal(Kind.INVALID, "invalid_quantity",
                    "A return has at least one unit of each SKU it names.");
        }
    }
}
