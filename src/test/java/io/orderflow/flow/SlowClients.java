package io.orderflow.flow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many connections, from one or several addresses of this machine, that keep a server waiting. */
final class SlowClients implements AutoCloseable {

    private static final int TINY_BUFFER = 1024;
    private static final int PAUSE_MILLIS = 200;

    private final List<Socket> sockets = new ArrayList<>();
    private final Thread trickle;
    private volatile boolean over;

    private SlowClients(String url, int addresses, int count, String request) throws IOException {
        int port = URI.create(url).getPort();
        for (int client = 0; client < count; client++) {
            var socket = new Socket();
            socket.setReceiveBufferSize(TINY_BUFFER);
            socket.bind(new InetSocketAddress("127.0.1." + (1 + client % addresses), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
            sockets.add(socket);
            send(socket, request);
        }
        trickle = new Thread(this::trickle, "slow-clients");
        trickle.setDaemon(true);
        trickle.start();
    }

    /** Each sends the beginning of a request and then a byte at a time, and reads nothing. */
    static SlowClients open(String url, int addresses, int count, String request) throws IOException {
        return new SlowClients(url, addresses, count, request);
    }

    private static void send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException cutOff) {
            // which is what the server is meant to do
        }
    }

    private void trickle() {
        while (!over) {
            sockets.forEach(socket -> send(socket, "x"));
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** How many the server has not hung up on; whatever it has said is read away. */
    long connected() {
        return sockets.stream().filter(SlowClients::isConnected).count();
    }

    private static boolean isConnected(Socket socket) {
        try {
            socket.setSoTimeout(20);
            return socket.getInputStream().readAllBytes() == null;
        } catch (SocketTimeoutException nothingYet) {
            return true;
        } catch (IOException cutOff) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        trickle.interrupt();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
