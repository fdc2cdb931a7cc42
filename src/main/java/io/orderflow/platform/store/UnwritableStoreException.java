package io.orderflow.platform.store;

import java.sql.SQLTransientConnectionException;

/** A statement, or whoever waits for what was written, is refused while the embedded store cannot be written. */
final class UnwritableStoreException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;
    private static final String DISK_FULL = "53100";

    UnwritableStoreException(Throwable cause) {
        super("The store cannot be written: " + StoreAvailability.reason(cause), DISK_FULL, cause);
    }
}
