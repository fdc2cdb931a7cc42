package io.orderflow.inventory;

import io.orderflow.inventory.command.AdjustStock;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Units of a SKU on hand, and of these reserved for open orders: {@code 0 <= reserved <= onHand}. */
record Level(int onHand, int reserved) {

    static final Level EMPTY = new Level(0, 0);

    Level plus(int onHandChange, int reservedChange) {
        return new Level(onHand + onHandChange, reserved + reservedChange);
    }

    Quantity available() {
        return new Quantity(Math.min(onHand - reserved, Quantity.MAX));
    }

    void requireRoomFor(Quantity received) {
        if (received.isZero()) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_quantity", "Receive at least one unit.");
        }
        requireRoom((long) onHand + received.value());
    }

    /** The change of the units on hand that an adjustment makes. */
    int changeBy(AdjustStock command) {
        Integer change = command.change();
        Integer counted = command.counted();
        if ((change == null) == (counted == null) || change != null && change == 0) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_adjustment",
                    "State either the change in units (not 0) or the number of units counted.");
        }
        requireExpected(command.expectedOnHand());
        long adjusted = counted == null ? (long) onHand + change : counted;
        if (adjusted < reserved) {
            throw new Refusal(Refusal.Kind.CONFLICT, "below_reserved",
                    "This would leave %s units on hand, but %s are reserved for open orders; cancel some of them first."
                            .formatted(adjusted, reserved),
                    Map.of("on_hand", onHand, "reserved", reserved, "requested", adjusted));
        }
        requireRoom(adjusted);
        return (int) adjusted - onHand;
    }

    private void requireExpected(@Nullable Integer expected) {
        if (expected != null && expected != onHand) {
            throw new Refusal(Refusal.Kind.CONFLICT, "stock_changed",
                    "There are %s units on hand, not %s as expected; count again.".formatted(onHand, expected),
                    Map.of("expected", expected, "on_hand", onHand));
        }
    }

    /** Returns may have exceeded the maximum; the level may still be lowered then. */
    private void requireRoom(long units) {
        if (units > Quantity.MAX && units > onHand) {
            throw new Refusal(Refusal.Kind.INVALID, "quantity_too_large",
                    "This would make %s units on hand; the maximum is %s.".formatted(units, Quantity.MAX),
                    Map.of("on_hand", onHand, "maximum", Quantity.MAX));
        }
    }
}
