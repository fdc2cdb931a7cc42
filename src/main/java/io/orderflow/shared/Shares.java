package io.orderflow.shared;

import java.util.HashMap;
import java.util.Map;

/**
 * Divides places among callers: nobody takes more than a share of them, and the last tenth is kept for those who see
 * all orders, who have to get in when shops have taken the rest.
 */
public final class Shares {

    private final int places;
    private final int share;
    private final Map<String, Integer> taken = new HashMap<>();
    private int free;

    /** What became of asking for a place. */
    public enum Place {
        TAKEN,
        /** The caller has all that one caller may have. */
        SHARE_USED_UP,
        /** Others have the rest. */
        NONE_LEFT
    }

    /** @param share of one caller */
    public Shares(int places, int share) {
        this.places = places;
        this.share = share;
        free = places;
    }

    /** Whoever gets a place releases it. */
    public synchronized Place take(Caller caller) {
        if (taken.getOrDefault(caller.name(), 0) >= share) {
            return Place.SHARE_USED_UP;
        }
        if (free <= (caller.seesAll() ? 0 : places / 10)) {
            return Place.NONE_LEFT;
        }
        taken.merge(caller.name(), 1, Integer::sum);
        free--;
        return Place.TAKEN;
    }

    public synchronized void release(Caller caller) {
        taken.computeIfPresent(caller.name(), (name, places) -> places == 1 ? null : places - 1);
        free++;
    }

    public synchronized int free() {
        return free;
    }
}
