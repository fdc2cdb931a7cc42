package io.orderflow.tracking;

import io.orderflow.packaged.DemoUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A browser's EventSource, as far as a test needs it. */
final class EventStream implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 60;
    private static final Event END = new Event(null, null, null, null);

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** One block of the stream; what it does not hold is null. */
    record Event(String id, String name, String data, String comment) {
    }

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        if (response.statusCode() == 200) {
            var reader = new Thread(this::read, "event-stream");
            reader.setDaemon(true);
            reader.start();
        }
    }

    static EventStream open(String url, String lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream")
                .header("Authorization", DemoUser.STAFF.authorization())
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new EventStream(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    String body() throws IOException {
        return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The next so many events, heartbeats left out. */
    List<Event> take(int count) {
        var taken = new ArrayList<Event>();
        while (taken.size() < count) {
            Event event = next();
            if (event == END) {
                throw new AssertionError("The stream has ended after " + taken);
            }
            if (event.comment() == null) {
                taken.add(event);
            }
        }
        return taken;
    }

    /** All events until the stream ends, heartbeats left out. */
    List<Event> rest() {
        var rest = new ArrayList<Event>();
        for (Event event = next(); event != END; event = next()) {
            if (event.comment() == null) {
                rest.add(event);
            }
        }
        return rest;
    }

    Event next() {
        try {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("Nothing came for %d s".formatted(PATIENCE_SECONDS));
            }
            return event;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var block = new ArrayList<String>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    block.add(line);
                } else if (!block.isEmpty()) {
                    events.add(new Event(field(block, "id:"), field(block, "event:"), field(block, "data:"),
                            field(block, ":")));
                    block.clear();
                }
            }
        } catch (IOException closed) {
            // by the test: it ends like any other stream
        }
        events.add(END);
    }

    private static String field(List<String> block, String name) {
        return block.stream().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> line.substring(name.length())).orElse(null);
    }
}
