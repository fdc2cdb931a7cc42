package io.orderflow.platform.spi;

import io.orderflow.shared.Refusal;

/** Copies the store while it is in use. */
@FunctionalInterface
public interface StoreBackup {

    /**
     * Makes a consistent copy in the directory of the store and returns when it is on disk.
     *
     * @param name of the file, without its suffix; a second call with the same name returns the first copy
     * @throws Refusal {@code not_embedded}, when the store is not a file of this process
     */
    Copy make(String name);

    /**
     * A backup.
     *
     * @param file  path of the zip on the machine of the application
     * @param bytes its size
     */
    record Copy(String file, long bytes) {
    }
}
