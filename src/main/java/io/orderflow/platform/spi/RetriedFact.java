package io.orderflow.platform.spi;

/** A parked fact that is tried again is handled whatever else is parked for the same order. */
public final class RetriedFact {

    /** The name of what it bears in its metadata. */
    public static final String MARK = "dead-letter-retry";

    private RetriedFact() {
    }
}
