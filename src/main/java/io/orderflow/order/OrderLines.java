package io.orderflow.order;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.order.event.DispatchedLine;
import io.orderflow.order.event.OrderLine;
import io.orderflow.shared.Money;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Refusal.Kind;
import io.orderflow.shared.Sku;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The lines of an order and how many units of each have yet to be dispatched. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class OrderLines {

    private static final int MOST_LINES = 500;
    /** Far above any order, far below the range of a long. */
    private static final long LARGEST_TOTAL = 10_000_000_000_000L;

    private LinkedHashMap<Sku, Money> prices = new LinkedHashMap<>();
    private LinkedHashMap<Sku, Quantity> open = new LinkedHashMap<>();

    private OrderLines() {
    }

    OrderLines(List<OrderLine> lines) {
        for (OrderLine line : lines) {
            prices.put(line.sku(), line.unitPrice());
            open.put(line.sku(), line.quantity());
        }
    }

    /**
     * The total of the lines.
     *
     * @throws Refusal when they cannot
     */
    static Money total(String currency, List<OrderLine> lines) {
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            throw invalid("invalid_lines", "An order has 1 to %s lines; this has %s.".formatted(MOST_LINES,
                    lines.size()));
        }
        requireEachSkuOnce(lines);
        Money total = Money.zero(currency);
        for (OrderLine line : lines) {
            requireSellable(currency, line);
            total = addUpTo(total, line);
        }
        if (total.isZero()) {
            throw invalid("nothing_to_pay", "The lines add up to nothing; an order has something to pay.");
        }
        return total;
    }

    /**
     * The lines of a shipment.
     *
     * @param wanted empty for all that remains
     * @throws Refusal when the order has not so much left to dispatch
     */
    List<DispatchedLine> pick(List<DispatchedLine> wanted) {
        if (isEmpty()) {
            throw conflict("nothing_to_dispatch", "Everything of this order has been dispatched.", Map.of());
        }
        if (wanted.isEmpty()) {
            return open.entrySet().stream().filter(line -> !line.getValue().isZero())
                    .map(line -> new DispatchedLine(line.getKey(), line.getValue())).toList();
        }
        if (wanted.stream().map(DispatchedLine::sku).distinct().count() < wanted.size()) {
            throw invalid("duplicate_sku", "Name each SKU once and its units together.");
        }
        wanted.forEach(this::requireOpen);
        return wanted;
    }

    Money value(List<DispatchedLine> lines) {
        return value(lines.stream().collect(Collectors.toMap(DispatchedLine::sku, DispatchedLine::quantity)));
    }

    Money value(Map<Sku, Quantity> units) {
        return units.entrySet().stream().map(line -> prices.get(line.getKey()).times(line.getValue()))
                .reduce(Money::plus).orElseThrow();
    }

    /** @throws Refusal when the order has no such line */
    void requireKnown(Sku sku) {
        if (!prices.containsKey(sku)) {
            throw invalid("sku_not_in_order", "There is no %s in this order.".formatted(sku));
        }
    }

    boolean isEmptyAfter(List<DispatchedLine> lines) {
        return units(open.values()) == units(lines.stream().map(DispatchedLine::quantity).toList());
    }

    boolean isEmpty() {
        return units(open.values()) == 0;
    }

    void take(List<DispatchedLine> lines) {
        lines.forEach(line -> open.merge(line.sku(), line.quantity(), Quantity::minus));
    }

    private void requireOpen(DispatchedLine line) {
        requireKnown(line.sku());
        Quantity left = open.get(line.sku());
        if (line.quantity().isZero()) {
            throw invalid("invalid_quantity", "A shipment has at least one unit of each SKU it names.");
        }
        if (line.quantity().compareTo(left) > 0) {
            throw conflict("more_than_ordered", "Only %s of %s are left to dispatch, not %s.".formatted(left,
                    line.sku(), line.quantity()), Map.of("sku", line.sku().value(), "left", left.value()));
        }
    }

    private static void requireEachSkuOnce(List<OrderLine> lines) {
        if (lines.stream().map(OrderLine::sku).distinct().count() < lines.size()) {
            throw invalid("duplicate_sku", "Name each SKU once and its units together.");
        }
    }

    private static void requireSellable(String currency, OrderLine line) {
        if (line.quantity().isZero()) {
            throw invalid("invalid_quantity", "Order at least one unit of %s.".formatted(line.sku()));
        }
        if (!line.unitPrice().currency().equals(currency)) {
            throw invalid("mixed_currency", "The order is in %s, but %s has a price in %s.".formatted(currency,
                    line.sku(), line.unitPrice().currency()));
        }
        if (line.unitPrice().isNegative()) {
            throw invalid("negative_price", "The price of %s is below zero.".formatted(line.sku()));
        }
    }

    private static Money addUpTo(Money total, OrderLine line) {
        try {
            Money sum = total.plus(line.total());
            if (sum.amount() <= LARGEST_TOTAL) {
                return sum;
            }
        } catch (ArithmeticException overflow) {
            // refused below
        }
        throw invalid("total_too_large", "An order is worth at most %s.".formatted(
                new Money(total.currency(), LARGEST_TOTAL)));
    }

    private static long units(Iterable<Quantity> quantities) {
        long units = 0;
        for (Quantity quantity : quantities) {
            units += quantity.value();
        }
        return units;
    }

    private static Refusal invalid(String code, String message) {
        return new Refusal(Kind.INVALID, code, message);
    }

    private static Refusal conflict(String code, String message, Map<String, Object> figures) {
        return new Refusal(Kind.CONFLICT, code, message, figures);
    }
}
