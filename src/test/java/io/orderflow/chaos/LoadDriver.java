package io.orderflow.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.chaos.History.Request;
import io.orderflow.packaged.DemoUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of shops and staff that want things done, under a key each, and ask again until they are told.
 *
 * <p>Some send a request several times at once, some send an old one again, some walk away without an answer. Every
 * intention is in the {@link History} before it is sent, every answer after it has come.
 */
public final class LoadDriver {

    static final String STOP = "stop";
    /** Who sees what became of an order before the next keeps the backlog short, so that orders get far between two kills. */
    private static final String PATIENCE = "wait=2";
    static final List<String> SKUS = List.of("CHAOS-A", "CHAOS-B", "CHAOS-C", "CHAOS-D", "SCARCE");
    /** Most customers pay; the others are who money gets lost on. */
    private static final List<String> TOKENS = List.of("tok_ok", "tok_ok", "tok_ok", "tok_ok", "tok_ok",
            "tok_declined", "tok_3ds", "tok_pending", "tok_pending_declined", "tok_refund_pending", "tok_flaky",
            "tok_timeout_after_charge");
    /** They may do all that shops do. */
    private static final String STAFF = DemoUser.STAFF.authorization();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final List<Request> answered = new CopyOnWriteArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private final String url;
    private final Path directory;
    private final History history;
    private final String name;

    private LoadDriver(String url, Path directory, History history, String name) {
        this.url = url;
        this.directory = directory;
        this.history = history;
        this.name = name;
    }

    /** @param arguments the application's URL, the directory of the run, the seed, the number of users */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        try (var history = History.open(directory.resolve("history.jsonl"))) {
            var driver = new LoadDriver(arguments[0], directory, history, "chaos-" + Long.toString(seed & 0xffff, 36));
            var users = new ArrayList<Thread>();
            for (int user = 0; user < Integer.parseInt(arguments[3]); user++) {
                var chance = new Random(seed + user);
                var thread = new Thread(() -> driver.live(chance), "user-" + user);
                thread.start();
                users.add(thread);
            }
            for (Thread user : users) {
                user.join();
            }
        }
    }

    private void live(Random chance) {
        for (String sku : SKUS) {
            if (!sku.equals("SCARCE")) {
                ask(receipt(sku, 50 + chance.nextInt(200)), chance);
            }
        }
        while (!isOver()) {
            ask(next(chance), chance);
            if (chance.nextInt(4) == 0) {
                look(chance);
            }
        }
    }

    private Request next(Random chance) {
        int dice = chance.nextInt(100);
        if (orders.isEmpty() || dice < 50) {
            return order(chance);
        }
        if (dice < 58 && !answered.isEmpty()) {
            return answered.get(chance.nextInt(answered.size()));
        }
        String order = orders.get(chance.nextInt(orders.size()));
        if (dice < 68) {
            return request("cancellation", "/v1/orders/" + order + "/cancellations",
                    "{\"reason\":\"Changed my mind\"}");
        }
        if (dice < 88) {
            return request("shipment", "/v1/orders/" + order + "/shipments", "{\"carrier\":\"DHL\"}");
        }
        if (dice < 95) {
            return request("return", "/v1/orders/" + order + "/returns", """
                    {"reason":"Broken","lines":[{"sku":"%s","quantity":1,"condition":"%s"}]}""".formatted(
                    SKUS.get(chance.nextInt(SKUS.size())), chance.nextBoolean() ? "restock" : "damaged"));
        }
        return receipt(SKUS.get(chance.nextInt(SKUS.size())), 1 + chance.nextInt(20));
    }

    private Request order(Random chance) {
        var lines = new StringBuilder();
        int first = chance.nextInt(SKUS.size());
        int count = 1 + chance.nextInt(3);
        for (int line = 0; line < count; line++) {
            lines.append(line == 0 ? "" : ",").append("""
                    {"sku":"%s","quantity":%d,"unit_price":{"currency":"EUR","amount":%d}}""".formatted(
                    SKUS.get((first + line) % SKUS.size()), 1 + chance.nextInt(3), 100 + chance.nextInt(5000)));
        }
        return request("order", "/v1/orders", """
                {"reference":"%s","customer":{"id":"c-1","email":"ada@example.org"},"currency":"EUR",
                 "lines":[%s],"payment":{"method":"%s"}}""".formatted(name + "-r" + number.incrementAndGet(), lines,
                TOKENS.get(chance.nextInt(TOKENS.size()))));
    }

    private Request receipt(String sku, int quantity) {
        return request("receipt", "/v1/stock/" + sku + "/receipts", "{\"quantity\":%d}".formatted(quantity));
    }

    private Request request(String kind, String path, String body) {
        return new Request(kind, name + '-' + number.incrementAndGet(), path, body);
    }

    private void ask(Request request, Random chance) {
        history.intends(request);
        int copies = chance.nextInt(5) == 0 ? 2 + chance.nextInt(2) : 1;
        boolean patient = chance.nextInt(20) > 0;
        var sent = new ArrayList<CompletableFuture<Void>>();
        for (int copy = 1; copy < copies; copy++) {
            sent.add(CompletableFuture.runAsync(() -> askUntilTold(request, false)));
        }
        if (askUntilTold(request, patient)) {
            answered.add(request);
        }
        sent.forEach(CompletableFuture::join);
    }

    /** @return whether it was done */
    private boolean askUntilTold(Request request, boolean patient) {
        do {
            try {
                var response = http.send(HttpRequest.newBuilder(URI.create(url + request.path()))
                        .timeout(Duration.ofSeconds(20)).header("Authorization", STAFF)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", request.key()).header("Prefer", PATIENCE)
                        .POST(BodyPublishers.ofString(request.body()))
                        .build(), BodyHandlers.ofString());
                JsonNode answer = JSON.readTree(response.body());
                history.told(request, response.statusCode(), answer);
                if (!isToBeRepeated(response)) {
                    remember(request, response.statusCode(), answer);
                    return response.statusCode() < 300;
                }
            } catch (IOException away) {
                // the application was killed, or is not up yet
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            pause(200);
        } while (patient && !isOver());
        return false;
    }

    private static boolean isToBeRepeated(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").isPresent() || response.statusCode() >= 500;
    }

    private void remember(Request request, int status, JsonNode answer) {
        if (request.kind().equals("order") && status == 201 && !orders.contains(answer.path("id").asText())) {
            orders.add(answer.path("id").asText());
        }
    }

    private void look(Random chance) {
        if (orders.isEmpty()) {
            return;
        }
        String id = orders.get(chance.nextInt(orders.size()));
        try {
            var response = http.send(HttpRequest.newBuilder(URI.create(url + "/v1/orders/" + id))
                    .timeout(Duration.ofSeconds(20)).header("Authorization", STAFF).build(), BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                JsonNode order = JSON.readTree(response.body());
                history.saw(id, order.path("status").asText(), order.path("version").asLong());
            }
        } catch (IOException away) {
            pause(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOver() {
        return Files.exists(directory.resolve(STOP));
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
