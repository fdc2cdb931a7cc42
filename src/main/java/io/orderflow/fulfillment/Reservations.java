package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.inventory.command.ReleaseStock;
import io.orderflow.inventory.command.ReserveStock;
import io.orderflow.order.event.OrderLine;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The reservations of an order, sorted by SKU: no two orders take the same stock in opposite order. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class Reservations {

    private TreeMap<Sku, Quantity> lines = new TreeMap<>();
    private TreeMap<Sku, State> states = new TreeMap<>();

    private enum State {
        REQUESTED, RESERVED, RELEASE_REQUESTED,
        /** Refused or released. */
        NONE
    }

    private Reservations() {
    }

    Reservations(List<OrderLine> ordered) {
        for (OrderLine line : ordered) {
            lines.put(line.sku(), line.quantity());
            states.put(line.sku(), State.REQUESTED);
        }
    }

    void reserved(Sku sku) {
        states.replace(sku, State.REQUESTED, State.RESERVED);
    }

    void refused(Sku sku) {
        states.replace(sku, State.REQUESTED, State.NONE);
    }

    void released(Sku sku) {
        states.replace(sku, State.RELEASE_REQUESTED, State.NONE);
    }

    void release() {
        states.replaceAll((sku, state) -> state == State.NONE ? state : State.RELEASE_REQUESTED);
    }

    /** @return whether it was released before it was reserved, so that it has to be released once more */
    boolean releaseAgain(Sku sku) {
        return states.replace(sku, State.NONE, State.RELEASE_REQUESTED);
    }

    boolean areReserved() {
        return states.values().stream().allMatch(State.RESERVED::equals);
    }

    boolean areReleased() {
        return states.values().stream().allMatch(State.NONE::equals);
    }

    /** The commands whose event has not come. */
    List<Object> outstanding(OrderId orderId) {
        Stream<Object> reservations = skus(State.REQUESTED).map(sku -> new ReserveStock(sku, orderId, lines.get(sku)));
        Stream<Object> releases = skus(State.RELEASE_REQUESTED).map(sku -> new ReleaseStock(sku, orderId));
        return Stream.concat(reservations, releases).toList();
    }

    private Stream<Sku> skus(State state) {
        return states.keySet().stream().filter(sku -> states.get(sku) == state);
    }
}
