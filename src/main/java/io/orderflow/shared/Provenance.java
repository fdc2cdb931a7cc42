package io.orderflow.shared;

/** What the metadata of a command say of where it came from, and those of every event that it caused. */
public final class Provenance {

    /** Key of the name of who asked, or {@link #SYSTEM}. */
    public static final String ACTOR = "actor";
    /** Key of the remote address that the request came from, or {@link #SYSTEM}. */
    public static final String ORIGIN = "origin";
    /** Orderflow itself: sagas, deadlines, work at the gateway. No user has this name. */
    public static final String SYSTEM = "system";

    private Provenance() {
    }
}
