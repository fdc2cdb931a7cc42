package io.orderflow.platform.store;

import java.util.Map;
import org.axonframework.serialization.Serializer;

/** Hands tests of other packages what the application stores with. */
public final class ProductionSerializer {

    private ProductionSerializer() {
    }

    /** The one that writes events, snapshots, sagas, deadlines and dead letters. */
    public static Serializer create() {
        return StoredNameSerializer.create();
    }

    /** Every type that is ever read from a store, by its stored name. */
    public static Map<String, Class<?>> types() {
        return StoredNameSerializer.storedTypes();
    }
}
