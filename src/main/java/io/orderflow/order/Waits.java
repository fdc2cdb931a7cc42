package io.orderflow.order;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.order.command.ReportWaiting;
import io.orderflow.order.event.Matter;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.order.event.WaitNoted;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Party;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;

/**
 * What the matters of an order wait on, and which of it the order shows: it has room for one, but forgets none.
 * As long as after-sales wait on nothing, what is shown is what fulfillment waits on, and need not be noted apart.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class Waits {

    private EnumMap<Matter, WaitingOn> byMatter = new EnumMap<>(Matter.class);
    private WaitingOn shown;

    /** The facts that follow from a report; none when it says nothing new. */
    List<OrderFact> news(ReportWaiting report) {
        if (know(report)) {
            return List.of();
        }
        if (report.matter() == Matter.FULFILLMENT && afterSales() == null) {
            return List.of(new OrderWaiting(report.orderId(), report.waitingOn()));
        }
        var noted = new WaitNoted(report.orderId(), report.matter(), report.waitingOn());
        WaitingOn next = toShow(with(noted.matter(), noted.waitingOn()));
        return Objects.equals(next, shown) ? List.of(noted)
                : List.of(noted, new OrderWaiting(report.orderId(), next));
    }

    void note(WaitNoted noted) {
        byMatter = with(noted.matter(), noted.waitingOn());
    }

    void show(WaitingOn waitingOn) {
        shown = waitingOn;
        if (afterSales() == null && waitingOn != null) {
            byMatter.put(Matter.FULFILLMENT, waitingOn);
        }
    }

    /** What a shipment changes; trouble of after-sales stays what is shown. */
    WaitingOn afterDispatch(boolean last, Instant at) {
        return last ? toShow(with(Matter.FULFILLMENT, capture(at))) : shown;
    }

    void dispatched(OrderDispatched dispatched) {
        if (dispatched.last()) {
            byMatter = with(Matter.FULFILLMENT, capture(dispatched.dispatchedAt()));
        }
        shown = dispatched.waitingOn();
    }

    private static WaitingOn capture(Instant at) {
        return new WaitingOn(WaitingOn.Code.PAYMENT_CAPTURE, at, null);
    }

    /** There is nothing to fulfill any more. */
    void end() {
        byMatter.remove(Matter.FULFILLMENT);
        shown = afterSales();
    }

    /** Null for nothing. */
    WaitingOn afterSales() {
        return byMatter.get(Matter.AFTER_SALES);
    }

    /** Since when somebody is awaited is no news. */
    private boolean know(ReportWaiting report) {
        WaitingOn known = byMatter.get(report.matter());
        WaitingOn said = report.waitingOn();
        return known == said || known != null && said != null && known.code() == said.code()
                && Objects.equals(known.deadline(), said.deadline());
    }

    private EnumMap<Matter, WaitingOn> with(Matter matter, WaitingOn waitingOn) {
        var all = byMatter.clone();
        if (waitingOn == null) {
            all.remove(matter);
        } else {
            all.put(matter, waitingOn);
        }
        return all;
    }

    /** What somebody has to look at comes first, then the way of the goods, then what follows it; null for nothing. */
    private static WaitingOn toShow(EnumMap<Matter, WaitingOn> waits) {
        WaitingOn afterSales = waits.get(Matter.AFTER_SALES);
        boolean trouble = afterSales != null && afterSales.party() == Party.STAFF;
        return trouble ? afterSales : waits.getOrDefault(Matter.FULFILLMENT, afterSales);
    }
}
