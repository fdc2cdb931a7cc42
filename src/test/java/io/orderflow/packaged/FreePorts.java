package io.orderflow.packaged;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that have to know theirs before they start. They lie below the range from which the system takes the
 * near ends of outgoing connections, which would otherwise take a port between its choice and its use, or while its
 * server is restarted.
 */
public final class FreePorts {

    private static final int FIRST = 10_240;
    private static final int END = 32_768;

    private FreePorts() {
    }

    /** A port of this machine that nobody listens at. */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // by another server: the next one, then
            }
        }
    }
}
