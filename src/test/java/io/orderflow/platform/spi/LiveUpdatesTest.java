package io.orderflow.platform.spi;

import static org.assertj.core.api.Assertions.assertThat;

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

class LiveUpdatesTest {

    private static final Find ANY = new Find("1", null);
    private static final String VIEW = "of the shop";

    private final List<Find> answered = new ArrayList<>();
    private final QueryUpdateEmitter emitter = SimpleQueryUpdateEmitter.builder().build();
    private final LiveUpdates<Find> updates = new LiveUpdates<>(emitter, Find.class, Find::id, this::answer);
    private DefaultUnitOfWork<?> work;

    private record Find(String id, String shop) {
    }

    private Optional<String> answer(Find query) {
        answered.add(query);
        return query.shop() == null || query.shop().equals("shop") ? Optional.of(VIEW) : Optional.empty();
    }

    @BeforeEach
    void handle_an_event() {
        work = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("event"));
    }

    @AfterEach
    void end() {
        if (work.isActive()) {
            work.rollback();
        }
    }

    @Test
    void reach_subscriptions_that_began_before_the_change_could_be_seen() {
        var heard = new ArrayList<String>();
        work.onCommit(committing -> subscribe(ANY, heard));
        updates.announce("1");
        work.commit();

        assertThat(heard).containsExactly(VIEW);
    }

    @Test
    void say_nothing_of_a_change_that_was_rolled_back() {
        var heard = subscribe(ANY);
        updates.announce("1");
        work.rollback();

        assertThat(heard).isEmpty();
    }

    @Test
    void come_once_for_many_events() {
        var heard = subscribe(ANY);
        updates.announce("1");
        updates.announce("1");
        work.commit();

        assertThat(heard).containsExactly(VIEW);
        assertThat(answered).containsExactly(ANY);
    }

    @Test
    void reach_the_shop_that_owns_the_resource_and_no_other() {
        var own = subscribe(new Find("1", "shop"));
        var others = subscribe(new Find("1", "another"));
        updates.announce("1");
        work.commit();

        assertThat(own).containsExactly(VIEW);
        assertThat(others).isEmpty();
    }

    @Test
    void read_nothing_without_a_subscription() {
        var heard = subscribe(new Find("2", null));
        updates.announce("1");
        work.commit();

        assertThat(heard).isEmpty();
        assertThat(answered).isEmpty();
    }

    private List<String> subscribe(Find query) {
        var heard = new ArrayList<String>();
        subscribe(query, heard);
        return heard;
    }

    private void subscribe(Find query, List<String> heard) {
        emitter.<String>registerUpdateHandler(new GenericSubscriptionQueryMessage<>(query, Find.class.getName(),
                        ResponseTypes.optionalInstanceOf(String.class), ResponseTypes.instanceOf(String.class)), 8)
                .getUpdates().map(Message::getPayload).subscribe(heard::add);
    }
}
