package io.orderflow.platform.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderflow.shared.Caller;
import io.orderflow.shared.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {

    private final Shares shares = new Shares(20, 6, "too_many_places", "places", "try again");

    @Test
    void of_one_caller_are_bounded_and_returned() {
        take(shop("a"), 6);

        assertThat(refusal(shop("a"))).isEqualTo(new Refusal.Details(Refusal.Kind.EXCESSIVE, "too_many_places",
                "You have 6 places, which is the limit for one caller; try again.", Map.of()));
        shares.take(shop("b"));
        shares.release(shop("a"));
        shares.take(shop("a"));
    }

    @Test
    void leave_room_for_those_who_see_everything() {
        for (String shop : new String[] {"a", "b", "c"}) {
            take(shop(shop), 6);
        }

        assertThat(shares.free()).isEqualTo(2);
        assertThat(refusal(shop("f"))).isEqualTo(new Refusal.Details(Refusal.Kind.UNAVAILABLE, "too_many_places",
                "All places are in use; try again.", Map.of()));
        take(new Caller("ada", true), 2);
        assertThat(refusal(new Caller("bob", true)).kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    private void take(Caller caller, int wanted) {
        for (int taken = 0; taken < wanted; taken++) {
            shares.take(caller);
        }
    }

    private Refusal.Details refusal(Caller caller) {
        return catchThrowableOfType(Refusal.class, () -> shares.take(caller)).details();
    }

    private static Caller shop(String name) {
        return new Caller(name, false);
    }
}
