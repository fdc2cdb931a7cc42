package io.orderflow.platform.spi;

/** A projection that has something to do after its tables were built anew. */
public interface Rebuilt {

    /** Called in the transaction in which its tables are replaced. */
    void onRebuilt();
}
