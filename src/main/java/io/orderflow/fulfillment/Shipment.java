package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.inventory.command.ShipStock;
import io.orderflow.order.event.DispatchedLine;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.payment.command.CapturePayment;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A dispatched shipment: done when it is captured and its units have left the stock. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class Shipment {

    private String id;
    private Money value;
    private boolean captured;
    private boolean captureFailed;
    private TreeMap<Sku, Quantity> unshipped;

    private Shipment() {
    }

    Shipment(OrderDispatched dispatched) {
        id = dispatched.shipmentId();
        value = dispatched.value();
        unshipped = dispatched.lines().stream().collect(Collectors.toMap(DispatchedLine::sku,
                DispatchedLine::quantity, Quantity::plus, TreeMap::new));
    }

    void captured() {
        captured = true;
        captureFailed = false;
    }

    void captureFailed() {
        captureFailed = !captured;
    }

    boolean isCaptureFailed() {
        return captureFailed;
    }

    void shipped(Sku sku) {
        unshipped.remove(sku);
    }

    boolean isDone() {
        return captured && unshipped.isEmpty();
    }

    Stream<Object> outstanding(OrderId orderId) {
        Stream<Object> capture = captured ? Stream.empty()
                : Stream.of(new CapturePayment(PaymentId.of(orderId), id, value));
        return Stream.concat(capture, unshipped.entrySet().stream()
                .map(line -> new ShipStock(line.getKey(), orderId, id, line.getValue())));
    }
}
