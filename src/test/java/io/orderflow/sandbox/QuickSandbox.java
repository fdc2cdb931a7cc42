package io.orderflow.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Hands tests of other packages a sandbox gateway that makes up its mind soon. */
public final class QuickSandbox {

    private static final Timing TIMING = new Timing(Duration.ofSeconds(3), Duration.ofSeconds(5),
            Duration.ofMillis(300), Duration.ofMinutes(15), Duration.ofDays(7), Duration.ofSeconds(3));

    private QuickSandbox() {
    }

    /** On any free port, without callbacks. */
    public static SandboxGateway start(Path ledger) {
        return SandboxGateway.start(0, ledger, TIMING, Optional.empty());
    }
}
