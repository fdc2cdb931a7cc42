package io.orderflow.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.shared.Shares.Place;
import org.junit.jupiter.api.Test;

class SharesTest {

    private final Shares shares = new Shares(20, 6);

    @Test
    void of_one_caller_are_bounded_and_returned() {
        assertThat(take(shop("a"), 6)).isEqualTo(6);

        assertThat(shares.take(shop("a"))).isEqualTo(Place.SHARE_USED_UP);
        assertThat(shares.take(shop("b"))).isEqualTo(Place.TAKEN);
        shares.release(shop("a"));
        assertThat(shares.take(shop("a"))).isEqualTo(Place.TAKEN);
    }

    @Test
    void leave_room_for_those_who_see_everything() {
        for (String shop : new String[] {"a", "b", "c", "d", "e"}) {
            take(shop(shop), 6);
        }

        assertThat(shares.free()).isEqualTo(2);
        assertThat(shares.take(shop("f"))).isEqualTo(Place.NONE_LEFT);
        assertThat(take(new Caller("ada", true), 6)).isEqualTo(2);
        assertThat(shares.take(new Caller("bob", true))).isEqualTo(Place.NONE_LEFT);
    }

    private int take(Caller caller, int wanted) {
        int taken = 0;
        while (taken < wanted && shares.take(caller) == Place.TAKEN) {
            taken++;
        }
        return taken;
    }

    private static Caller shop(String name) {
        return new Caller(name, false);
    }
}
