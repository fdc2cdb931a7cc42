package io.orderflow.platform.spi;

import io.orderflow.shared.Refusal;

/** Copies the store while it is in use. */
@FunctionalInterface
public interface StoreBackup {

    /**
     * Makes a copy of one consistent moment beside the store.
     *
     * @param name of the file, without its suffix; a second call with it finds the copy that the first made
     * @return once the copy is on the disk
     * @throws Refusal {@code not_embedded}, when the store is not a file of this process
     */
    Copy make(String name);

    /**
     * A copy that was made.
     *
     * @param file  a zip beside the store, on the machine of the application
     * @param bytes its size
     */
    record Copy(String file, long bytes) {
    }
}
