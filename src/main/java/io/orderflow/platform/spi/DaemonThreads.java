package io.orderflow.platform.spi;

import java.util.concurrent.ThreadFactory;

/** Factory of daemon threads, which do not keep the process alive. */
public final class DaemonThreads {

    private DaemonThreads() {
    }

    public static ThreadFactory named(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
