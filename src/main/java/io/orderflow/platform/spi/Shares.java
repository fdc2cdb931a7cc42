package io.orderflow.platform.spi;

import io.orderflow.shared.Caller;
import io.orderflow.shared.Refusal;
import java.util.HashMap;
import java.util.Map;

/**
 * A limited number of places, of which each caller may take a share. The last tenth is reserved for callers who see all
 * orders, so that staff get in when shops have taken the rest.
 */
public final class Shares {

    private final int places;
    private final int share;
    private final String code;
    private final String what;
    private final String remedy;
    private final Map<String, Integer> taken = new HashMap<>();
    private int free;

    /**
     * @param share  places that one caller may take
     * @param code   of the refusal
     * @param what   plural name of the places in the refusal
     * @param remedy advice in the refusal
     */
    public Shares(int places, int share, String code, String what, String remedy) {
        this.places = places;
        this.share = share;
        this.code = code;
        this.what = what;
        this.remedy = remedy;
        free = places;
    }

    /**
     * Takes a place, which the caller has to release.
     *
     * @throws Refusal {@code EXCESSIVE} when the caller's share is used up, {@code UNAVAILABLE} when no place is free
     */
    public synchronized void take(Caller caller) {
        if (taken.getOrDefault(caller.name(), 0) >= share) {
            throw new Refusal(Refusal.Kind.EXCESSIVE, code,
                    "You have %s %s, which is the limit for one caller; %s.".formatted(share, what, remedy));
        }
        if (free <= (caller.seesAll() ? 0 : places / 10)) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, code, "All %s are in use; %s.".formatted(what, remedy));
        }
        taken.merge(caller.name(), 1, Integer::sum);
        free--;
    }

    public synchronized void release(Caller caller) {
        taken.computeIfPresent(caller.name(), (name, places) -> places == 1 ? null : places - 1);
        free++;
    }

    public synchronized int free() {
        return free;
    }
}
