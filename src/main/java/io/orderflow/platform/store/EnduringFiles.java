package io.orderflow.platform.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.retry.FilePathRetryOnInterrupt;

/**
 * H2's files at {@code retry:}, of which a store that is watched waits where a write to it fails: a write error would
 * make H2 close the store for good, and with it would go what was committed and not yet written (docs/adr/0008).
 */
public final class EnduringFiles extends FilePathRetryOnInterrupt {

    private static final Map<String, StoreAvailability> WATCHED = new ConcurrentHashMap<>();

    /** In place of H2's own. */
    static void register() {
        FilePath.register(new EnduringFiles());
    }

    /** @param file the name of an open file of H2; its writes wait from now on until they succeed */
    static void watch(String file, StoreAvailability availability) {
        WATCHED.put(file, availability);
    }

    /** Writes that wait fail now, as do all further ones that would have to wait. */
    static void forget(String file) {
        WATCHED.remove(file);
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        String file = name;
        return new EnduringFile(super.open(mode), () -> WATCHED.get(file));
    }
}
