package io.orderflow.platform.web.connector;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1 with limits on slow clients; Tomcat's own timeouts restart with each byte.
 *
 * <p>Samples all connections, and adds up for each request how long it has waited for its client: for the rest of its
 * head or body, or for the client to read the answer. Closes connections that wait longer than {@code
 * slow-client-patience}, more than {@code slow-clients} that block a thread, and idle ones when connections run out;
 * first those of the address with most of them, and of these the one that has waited longest. Asynchronous answers are
 * exempt: they block no thread, and live streams have limits of their own.
 *
 * <p>Public because Tomcat creates it by name.
 */
public final class SlowClientProtocol extends Http11NioProtocol {

    private static final long SAMPLE_MILLIS = 250;
    /** A client of a busy machine may be found waiting once. */
    private static final int NOTICED = 2;
    private static final Duration PATIENCE_WHEN_STOPPING = Duration.ofSeconds(1);

    private final Map<SocketWrapperBase<?>, Http11Processor> active = new ConcurrentHashMap<>();
    private Map<SocketWrapperBase<?>, Client> known = new HashMap<>();
    private WebLimits limits;
    private @Nullable Future<?> sampling;
    private volatile boolean stopping;

    private enum State { IDLE, SENDS_HEAD, BLOCKS_THREAD, BUSY }

    /**
     * A sampled connection.
     *
     * @param request start of the request in nanoseconds; 0 between requests
     * @param waits   in how many samples this request waited for the client
     */
    private record Client(NioSocketWrapper connection, State state, long request, int waits) {

        String address() {
            return String.valueOf(connection.getRemoteAddr());
        }
    }

    void setLimits(WebLimits limits) {
        this.limits = limits;
    }

    @Override
    protected Processor createProcessor() {
        return new Http11Processor(this, getAdapter()) {
            @Override
            public SocketState service(SocketWrapperBase<?> connection) throws IOException {
                active.put(connection, this);
                try {
                    return super.service(connection);
                } finally {
                    active.remove(connection);
                }
            }
        };
    }

    @Override
    public void start() throws Exception {
        super.start();
        sampling = getUtilityExecutor().scheduleWithFixedDelay(this::sample, SAMPLE_MILLIS, SAMPLE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void closeServerSocketGraceful() {
        stopping = true;
        super.closeServerSocketGraceful();
    }

    @Override
    public void stop() throws Exception {
        if (sampling != null) {
            sampling.cancel(false);
        }
        super.stop();
    }

    private void sample() {
        try {
            var clients = new HashMap<SocketWrapperBase<?>, Client>();
            getEndpoint().getConnections().forEach(connection ->
                    clients.put(connection, client((NioSocketWrapper) connection, known.get(connection))));
            known = clients;
            Duration patience = stopping ? PATIENCE_WHEN_STOPPING : limits.slowClientPatience();
            in(clients, State.SENDS_HEAD, State.BLOCKS_THREAD).stream()
                    .filter(client -> client.waits * SAMPLE_MILLIS > patience.toMillis()).forEach(this::close);
            closeMoreThan(limits.slowClients(), in(clients, State.BLOCKS_THREAD).stream()
                    .filter(client -> client.waits >= NOTICED).toList());
            int excess = clients.size() - getMaxConnections() * 7 / 8;
            if (excess > 0 && getMaxConnections() > 0) {
                List<Client> resting = in(clients, State.IDLE, State.SENDS_HEAD);
                closeMoreThan(resting.size() - excess, resting);
            }
        } catch (RuntimeException failure) {
            getLog().warn("Slow clients could not be sampled; next sample in a moment", failure);
        }
    }

    private Client client(NioSocketWrapper connection, @Nullable Client before) {
        AbstractProcessor working = active.get(connection);
        AbstractProcessor processor = working != null ? working
                : connection.getCurrentProcessor() instanceof AbstractProcessor parked ? parked : null;
        long request = processor == null ? 0 : processor.getRequest().getStartTimeNanos();
        State state = processor == null ? State.IDLE
                : processor.isAsync() ? State.BUSY
                : working == null ? State.SENDS_HEAD
                : connection.interestOps() != 0 ? State.BLOCKS_THREAD : State.BUSY;
        int earlier = before != null && before.request == request ? before.waits : 0;
        return new Client(connection, state, request, state == State.BUSY ? earlier : earlier + 1);
    }

    private static List<Client> in(Map<SocketWrapperBase<?>, Client> clients, State... states) {
        return clients.values().stream().filter(client -> List.of(states).contains(client.state)).toList();
    }

    private void closeMoreThan(int most, List<Client> clients) {
        var byAddress = clients.stream().sorted(Comparator.comparingInt(Client::waits))
                .collect(groupingBy(Client::address, toCollection(ArrayList::new)));
        for (int left = clients.size(); left > Math.max(0, most); left--) {
            ArrayList<Client> largest = Collections.max(byAddress.values(), Comparator.<ArrayList<Client>>comparingInt(
                    ArrayList::size).thenComparing(some -> some.isEmpty() ? 0 : some.get(some.size() - 1).waits));
            close(largest.remove(largest.size() - 1));
        }
    }

    /** Wakes the thread that uses the connection, which then finds it closed; closing it from here would not. */
    private void close(Client client) {
        SocketChannel channel = client.connection.getSocket().getIOChannel();
        if (channel == null) {
            return;
        }
        try {
            channel.shutdownInput();
            if (client.state != State.BLOCKS_THREAD || client.connection.interestOpsHas(SelectionKey.OP_WRITE)) {
                channel.shutdownOutput();
            }
        } catch (IOException closed) {
            getLog().debug("The client has disconnected", closed);
        }
    }
}
