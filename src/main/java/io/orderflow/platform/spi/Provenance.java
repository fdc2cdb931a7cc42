package io.orderflow.platform.spi;

/** Metadata of commands, and of the events that they cause, about their origin. */
public final class Provenance {

    /** Key of the caller's name, or {@link #SYSTEM}. */
    public static final String ACTOR = "actor";
    /** Key of the remote address of the request, or {@link #SYSTEM}. */
    public static final String ORIGIN = "origin";
    /** Orderflow itself: sagas, deadlines and gateway operations. No user has this name. */
    public static final String SYSTEM = "system";

    private Provenance() {
    }
}
