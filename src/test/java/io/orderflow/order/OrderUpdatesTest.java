package io.orderflow.order;

import static io.orderflow.order.Orders.ORDER;
import static io.orderflow.order.Orders.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.shared.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.queryhandling.GenericSubscriptionQueryMessage;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryUpdateEmitter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderUpdatesTest {

    private static final FindOrder ANYBODYS = new FindOrder(ORDER, null);

    private final OrderViews views = mock();
    private final OrderView view = mock();
    private final QueryUpdateEmitter emitter = SimpleQueryUpdateEmitter.builder().build();
    private final OrderUpdates updates = new OrderUpdates(views, emitter);
    private DefaultUnitOfWork<?> work;

    @BeforeEach
    void handle_an_event() {
        when(views.find(ANYBODYS)).thenReturn(Optional.of(view));
        when(view.id()).thenReturn(ORDER);
        when(view.shop()).thenReturn(SHOP);
        work = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage(Orders.placed()));
    }

    @AfterEach
    void end() {
        if (work.isActive()) {
            work.rollback();
        }
    }

    @Test
    void reach_those_who_began_to_watch_before_the_change_could_be_seen() {
        var heard = new ArrayList<OrderView>();
        work.onCommit(committing -> watch(ANYBODYS, heard));
        updates.announce(ORDER);
        work.commit();

        assertThat(heard).containsExactly(view);
    }

    @Test
    void say_nothing_of_a_change_that_was_taken_back() {
        var heard = watch(ANYBODYS);
        updates.announce(ORDER);
        work.rollback();

        assertThat(heard).isEmpty();
    }

    @Test
    void say_once_what_many_events_have_made_of_an_order() {
        var heard = watch(ANYBODYS);
        updates.announce(ORDER);
        updates.announce(ORDER);
        work.commit();

        assertThat(heard).containsExactly(view);
        verify(views, times(1)).find(ANYBODYS);
    }

    @Test
    void reach_the_shop_that_has_placed_the_order_and_no_other() {
        var own = watch(new FindOrder(ORDER, SHOP));
        var others = watch(new FindOrder(ORDER, "another"));
        updates.announce(ORDER);
        work.commit();

        assertThat(own).containsExactly(view);
        assertThat(others).isEmpty();
    }

    @Test
    void read_no_order_that_nobody_watches() {
        var heard = watch(new FindOrder(new OrderId("ord_2"), null));
        updates.announce(ORDER);
        work.commit();

        assertThat(heard).isEmpty();
        verifyNoInteractions(views);
    }

    private List<OrderView> watch(FindOrder query) {
        var heard = new ArrayList<OrderView>();
        watch(query, heard);
        return heard;
    }

    private void watch(FindOrder query, List<OrderView> heard) {
        emitter.<OrderView>registerUpdateHandler(
                new GenericSubscriptionQueryMessage<>(query, FindOrder.class.getName(),
                        ResponseTypes.optionalInstanceOf(OrderView.class),
                        ResponseTypes.instanceOf(OrderView.class)), 8)
                .getUpdates().map(Message::getPayload).subscribe(heard::add);
    }
}
