package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.inventory.command.ReturnStock;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.ReturnedLine;
import io.orderflow.order.event.ReturnedLine.Condition;
import io.orderflow.payment.command.RefundPayment;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Sku;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A return: done when its goods are back in stock and their value is refunded. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class ReturnProgress {

    private String id;
    private Money value;
    private String reason;
    private Money dispatched;
    /** Sorted by SKU, so that no two orders take the same stock in opposite order. */
    private List<ReturnedLine> unstocked;
    private boolean closed;

    private ReturnProgress() {
    }

    ReturnProgress(GoodsReturned returned) {
        id = returned.returnId();
        value = returned.value();
        reason = returned.reason();
        dispatched = returned.dispatched();
        unstocked = new ArrayList<>(returned.lines());
        unstocked.sort(Comparator.comparing(ReturnedLine::sku).thenComparing(ReturnedLine::condition));
    }

    void stocked(Sku sku, boolean damaged) {
        unstocked.removeIf(line -> line.sku().equals(sku) && isDamaged(line) == damaged);
    }

    boolean isStocked() {
        return unstocked.isEmpty();
    }

    boolean isWorthNothing() {
        return value.isZero();
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** States what was dispatched: if its capture is not done yet, the payment postpones the refund. */
    RefundPayment refund(OrderId orderId) {
        return new RefundPayment(PaymentId.of(orderId), id, value, reason, ExpectedVersion.ANY, dispatched);
    }

    Stream<ReturnStock> stock(OrderId orderId) {
        return unstocked.stream().map(line -> new ReturnStock(line.sku(), orderId, id, line.quantity(),
                isDamaged(line)));
    }

    private static boolean isDamaged(ReturnedLine line) {
        return line.condition() == Condition.DAMAGED;
    }
}
