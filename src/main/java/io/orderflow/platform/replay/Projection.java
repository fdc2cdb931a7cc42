package io.orderflow.platform.replay;

import java.util.List;

/**
 * A projection that can be rebuilt.
 *
 * @param name     of its processing group, which is that of its processor too
 * @param handlers the object that handles its events
 * @param tables   all that it writes
 */
record Projection(String name, Object handlers, List<String> tables) {
}
