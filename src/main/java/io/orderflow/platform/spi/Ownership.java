package io.orderflow.platform.spi;

/** What there is, and whose it is, by the events: they know of it before any table does. */
public interface Ownership {

    /**
     * Whether there is such a thing.
     *
     * @param id   that its events are kept under
     * @param shop whose it has to be, null for whoever's
     */
    boolean exists(String id, String shop);
}
