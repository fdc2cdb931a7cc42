package io.orderflow.platform.web;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
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

/**
 * Tomcat's HTTP/1.1, which does not wait for slow clients for long: Tomcat's own time-outs begin anew with each byte.
 *
 * <p>Adds up how long each request has kept a thread (or, while its head is incomplete, a connection) waiting for its
 * client, to send more of the request or to take more of the answer. Cut off is who exceeds the patience; who waits
 * beside too many others; and, when connections run out, who has no request under way. The share of an address with
 * many of them is cut first, and there the one that has waited longest. Answers of asynchronous requests are left out:
 * their threads are none of Tomcat's, and live streams have bounds of their own.
 *
 * <p>Public because Tomcat creates it by its name.
 */
public final class ImpatientHttp extends Http11NioProtocol {

    private static final long LOOK_MILLIS = 250;
    /** An honest client on a busy machine may be seen waiting once. */
    private static final int NOTICED = 2;
    /** Whoever sends half of a request must not hold up a stop. */
    private static final Duration PATIENCE_OF_A_STOP = Duration.ofSeconds(1);

    private final Map<SocketWrapperBase<?>, Http11Processor> working = new ConcurrentHashMap<>();
    private Map<SocketWrapperBase<?>, Client> known = new HashMap<>();
    private WebLimits limits;
    private Future<?> looks;
    private volatile boolean stopping;

    /**
     * A connection that waits, or has waited before, for its client.
     *
     * @param request when it began, in nanoseconds; 0 between requests
     * @param looks   how often it was found waiting during that request
     */
    private record Client(NioSocketWrapper connection, State state, long request, int looks) {

        Client after(Client before) {
            int earlier = before != null && before.request == request ? before.looks : 0;
            return new Client(connection, state, request, earlier + (state == State.BUSY ? 0 : 1));
        }
    }

    private enum State { IDLE, SENDS_HEAD, HOLDS_THREAD, BUSY }

    void setLimits(WebLimits limits) {
        this.limits = limits;
    }

    @Override
    protected Processor createProcessor() {
        return new Http11Processor(this, getAdapter()) {
            @Override
            public SocketState service(SocketWrapperBase<?> connection) throws IOException {
                working.put(connection, this);
                try {
                    return super.service(connection);
                } finally {
                    working.remove(connection);
                }
            }
        };
    }

    @Override
    public void start() throws Exception {
        super.start();
        looks = getUtilityExecutor().scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void closeServerSocketGraceful() {
        stopping = true;
        super.closeServerSocketGraceful();
    }

    @Override
    public void stop() throws Exception {
        if (looks != null) {
            looks.cancel(false);
        }
        super.stop();
    }

    private void look() {
        try {
            var clients = new HashMap<SocketWrapperBase<?>, Client>();
            getEndpoint().getConnections().forEach(connection ->
                    clients.put(connection, client((NioSocketWrapper) connection).after(known.get(connection))));
            known = clients;
            Duration patience = stopping ? PATIENCE_OF_A_STOP : limits.slowClientPatience();
            clients.values().stream().filter(client -> client.state == State.SENDS_HEAD || client.state == State.HOLDS_THREAD)
                    .filter(client -> client.looks * LOOK_MILLIS > patience.toMillis())
                    .forEach(this::cut);
            cutBeyond(limits.slowClients(), clients.values().stream()
                    .filter(client -> client.state == State.HOLDS_THREAD && client.looks >= NOTICED).toList());
            keepSomeConnectionsFree(clients);
        } catch (RuntimeException failure) {
            getLog().warn("Slow clients are looked for again in a moment", failure);
        }
    }

    private Client client(NioSocketWrapper connection) {
        AbstractProcessor processor = working.get(connection);
        if (processor != null) {
            boolean waits = connection.interestOps() != 0 && !processor.isAsync();
            return client(connection, waits ? State.HOLDS_THREAD : State.BUSY, processor);
        }
        return connection.getCurrentProcessor() instanceof AbstractProcessor parked
                ? client(connection, parked.isAsync() ? State.BUSY : State.SENDS_HEAD, parked)
                : new Client(connection, State.IDLE, 0, 0);
    }

    private static Client client(NioSocketWrapper connection, State state, AbstractProcessor processor) {
        return new Client(connection, state, processor.getRequest().getStartTimeNanos(), 0);
    }

    /** An eighth of the connections stays free for newcomers, such as whoever asks whether the application lives. */
    private void keepSomeConnectionsFree(Map<SocketWrapperBase<?>, Client> clients) {
        int most = getMaxConnections() - getMaxConnections() / 8;
        List<Client> resting = clients.values().stream()
                .filter(client -> client.state == State.IDLE || client.state == State.SENDS_HEAD).toList();
        if (clients.size() > most) {
            cutBeyond(Math.max(0, resting.size() - (clients.size() - most)), resting);
        }
    }

    private void cutBeyond(int most, List<Client> clients) {
        if (clients.size() <= most) {
            return;
        }
        var byAddress = new HashMap<String, List<Client>>();
        clients.forEach(client -> byAddress.computeIfAbsent(
                String.valueOf(client.connection.getRemoteAddr()), address -> new ArrayList<>()).add(client));
        record Ranked(Client client, int rank) {
        }
        var ranked = new ArrayList<Ranked>();
        byAddress.values().forEach(ofOne -> {
            ofOne.sort(Comparator.comparingInt(Client::looks));
            for (int rank = 0; rank < ofOne.size(); rank++) {
                ranked.add(new Ranked(ofOne.get(rank), rank));
            }
        });
        ranked.sort(Comparator.comparingInt(Ranked::rank).thenComparing(each -> each.client.looks));
        ranked.subList(most, ranked.size()).forEach(each -> cut(each.client));
    }

    /** Closing it would take it from the thread that uses it: that one is woken, and finds that there is no more. */
    private void cut(Client client) {
        SocketChannel channel = client.connection.getSocket().getIOChannel();
        if (channel == null) {
            return;
        }
        try {
            channel.shutdownInput();
            if (client.state != State.HOLDS_THREAD || client.connection.interestOpsHas(SelectionKey.OP_WRITE)) {
                channel.shutdownOutput();
            }
        } catch (IOException gone) {
            getLog().debug("Gone by itself", gone);
        }
    }
}
