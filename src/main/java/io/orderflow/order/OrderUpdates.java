package io.orderflow.order;

import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.shared.OrderId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.stereotype.Component;

/** Tells those who watch an order what it has become. */
@Component
class OrderUpdates {

    private static final String CHANGED = OrderUpdates.class.getName();

    private final OrderViews views;
    private final QueryUpdateEmitter updates;

    OrderUpdates(OrderViews views, QueryUpdateEmitter updates) {
        this.views = views;
        this.updates = updates;
    }

    /**
     * Looks for watchers only once the change can be seen: before that, somebody who begins to watch still reads the
     * order without it and would never hear of it.
     */
    void announce(OrderId id) {
        var work = CurrentUnitOfWork.get();
        work.<Set<OrderId>>getOrComputeResource(CHANGED, name -> {
            var changed = new LinkedHashSet<OrderId>();
            work.afterCommit(done -> changed.forEach(this::tell));
            return changed;
        }).add(id);
    }

    /** Reads the order only if somebody watches it: most of the time nobody does. */
    private void tell(OrderId id) {
        boolean watched = updates.activeSubscriptions().stream()
                .anyMatch(subscription -> subscription.getPayload() instanceof FindOrder query
                        && query.orderId().equals(id));
        if (watched) {
            views.find(new FindOrder(id, null)).ifPresent(view ->
                    updates.emit(FindOrder.class, query -> asksFor(view, query), view));
        }
    }

    private static boolean asksFor(OrderView view, FindOrder query) {
        return query.orderId().equals(view.id()) && (query.shop() == null || query.shop().equals(view.shop()));
    }
}
