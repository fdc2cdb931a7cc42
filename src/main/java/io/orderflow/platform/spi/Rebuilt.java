package io.orderflow.platform.spi;

/** A projection with work to do after a replay. */
public interface Rebuilt {

    /** Called in the transaction that replaces its rows. */
    void onRebuilt();
}
