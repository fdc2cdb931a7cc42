package io.orderflow.platform.store.availability;

import java.sql.SQLTransientConnectionException;

/** A statement, or the wait for a commit to be durable, is refused while the embedded store cannot be written. */
public final class UnwritableStoreException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;
    private static final String DISK_FULL = "53100";

    public UnwritableStoreException(Throwable cause) {
        super("The store cannot be written: " + StoreAvailability.reason(cause), DISK_FULL, cause);
    }
}
