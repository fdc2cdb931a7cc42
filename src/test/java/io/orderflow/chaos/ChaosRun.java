package io.orderflow.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.packaged.ApplicationProcess;
import io.orderflow.packaged.DemoUser;
import io.orderflow.packaged.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills and stops the application again and again while shops and staff drive it and its gateway misbehaves, lets
 * everything come to rest, and has the raw stores checked.
 *
 * <p>Four processes beside this one: the application, the sandbox gateway, the load driver, and a database that has one.
 */
final class ChaosRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROJECTIONS = List.of("order-projection", "payment-projection",
            "inventory-projection", "tracking-timeline");
    private static final int USERS = 8;
    /** How long nothing may get on before the rest is given up for; after many lives there is a long backlog. */
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    /** What a supervisor such as systemd or Kubernetes grants before it kills. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    /** 128 and the number of SIGTERM: how a virtual machine ends that was asked to. */
    private static final int STOPPED = 143;

    private final Plan plan;
    private final Path directory;
    private final Store store;
    private final Random chance;
    private final int port = FreePorts.next();
    private final int gatewayPort = FreePorts.next();
    private final Map<KillPoint, Integer> killedAt = new EnumMap<>(KillPoint.class);
    private int killedAtRandom;
    private int databaseKills;
    private final List<Duration> stopTimes = new ArrayList<>();
    private final List<String> stopFailures = new ArrayList<>();
    private Duration ahead = Duration.ZERO;

    /**
     * @param jar     the packaged application
     * @param agent   Byteman
     * @param seed    by which everything is chosen that can be
     * @param stops   how often it is asked to stop, under load, beside the kills
     * @param longest how long the application runs at most before its end, once it is ready
     */
    record Plan(Path jar, Path agent, long seed, int kills, int stops, Duration longest) {
    }

    /**
     * What was done and what came of it.
     *
     * @param stopFailures of stops that took too long, ended with another exit code, or lost what was acknowledged
     */
    record Report(long seed, int kills, Map<KillPoint, Integer> killedAt, int killedAtRandom, int databaseKills,
            List<Duration> stopTimes, List<String> stopFailures, Duration clockAhead, HistoryCheck.Verdict history,
            int check, String checked) {

        @Override
        public String toString() {
            return """
                    chaos: seed %d, %d kills (%d at random, %s), %d of the database, clock %s ahead
                      %d stops, the longest took %.1f s, %d failures: %s
                      %d answers, %d acknowledged, %d sights, %d violations of the history
                      check: exit code %d%n%s""".formatted(seed, kills, killedAtRandom, killedAt, databaseKills,
                    clockAhead, stopTimes.size(), stopTimes.stream().mapToLong(Duration::toMillis).max().orElse(0) / 1000.0,
                    stopFailures.size(), stopFailures, history.answers(), history.acknowledged(), history.sights(),
                    history.violations().size(), check, checked.indent(2));
        }
    }

    ChaosRun(Plan plan, Path directory, Store store) throws IOException {
        this.plan = plan;
        this.directory = directory;
        this.store = store;
        this.chance = new Random(plan.seed());
    }

    Report run() throws Exception {
        System.out.printf("chaos: seed %d, %d kills, %d stops, in %s%n", plan.seed(), plan.kills(), plan.stops(), directory);
        extract();
        try (var gateway = GatewayProcess.start(jar(), directory, gatewayPort,
                "http://127.0.0.1:" + port + "/v1/gateway-callbacks/sandbox")) {
            gateway.misbehave(plan.seed());
            Process driver = null;
            int life = 0;
            for (boolean graceful : ends()) {
                life++;
                changeTheWeather(gateway, life);
                if (driver == null) {
                    driver = startDriver();
                }
                if (graceful) {
                    liveAndStop(life);
                } else {
                    liveAndDie(life);
                }
            }
            Files.createFile(directory.resolve(LoadDriver.STOP));
            gateway.behave();
            ahead = ahead.plusHours(3);
            comeToRest();
            driver.waitFor(1, TimeUnit.MINUTES);
            driver.destroyForcibly();
        }
        String[] checked = new String[1];
        int exit = check(checked);
        try (var connection = store.open()) {
            return new Report(plan.seed(), plan.kills(), killedAt, killedAtRandom, databaseKills, stopTimes,
                    stopFailures, ahead, HistoryCheck.of(directory.resolve("history.jsonl"), connection), exit, checked[0]);
        }
    }

    /** Which lives end by a stop, the others by a kill; the first by a kill if any. */
    private List<Boolean> ends() {
        var rest = new ArrayList<>(Collections.nCopies(plan.stops(), true));
        rest.addAll(Collections.nCopies(Math.max(0, plan.kills() - 1), false));
        Collections.shuffle(rest, chance);
        var ends = new ArrayList<>(Collections.nCopies(Math.min(1, plan.kills()), false));
        ends.addAll(rest);
        return ends;
    }

    /** Out of its jar the application starts sooner, and it starts often here. */
    private void extract() throws Exception {
        int exit = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djarmode=tools", "-jar", plan.jar().toAbsolutePath().toString(), "extract", "--destination",
                directory.resolve("extracted").toString()).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("The jar cannot be extracted: exit code " + exit);
        }
    }

    private Path jar() {
        return directory.resolve("extracted").resolve(plan.jar().getFileName());
    }

    private void changeTheWeather(GatewayProcess gateway, int kill) throws Exception {
        switch (chance.nextInt(8)) {
            case 0 -> gateway.goAway();
            case 1 -> gateway.behave();
            default -> gateway.misbehave(plan.seed() + kill);
        }
        if (chance.nextInt(10) == 0) {
            ahead = ahead.plusMinutes(10L + chance.nextInt(60 * 48));
        }
    }

    /** One life of the application: it dies where a kill was set, or at some moment. */
    private void liveAndDie(int kill) throws Exception {
        KillPoint point = kill == 1 || chance.nextInt(3) == 0 ? null
                : KillPoint.values()[chance.nextInt(KillPoint.values().length)];
        Path rules = Files.writeString(directory.resolve("kill.btm"),
                point == null ? "" : point.rule(1 + chance.nextInt(point.latest())));
        Instant started = Instant.now();
        var application = start(List.of("-javaagent:" + plan.agent() + "=script:" + rules));
        boolean ready = application.awaitReady();
        if (ready && (point == KillPoint.INSIDE_SWITCH || chance.nextInt(5) == 0)) {
            replay(application.url(), kill);
        }
        long patience = point == null ? 500 + chance.nextLong(plan.longest().toMillis())
                : 2 * plan.longest().toMillis();
        boolean died = !application.isAlive() || application.awaitDeath(Duration.ofMillis(patience / 2));
        if (!died && (kill == 1 || chance.nextInt(3) == 0) && store.killAndRestart()) {
            databaseKills++;
        }
        died = died || application.awaitDeath(Duration.ofMillis(patience / 2));
        application.kill();
        if (died && point != null) {
            killedAt.merge(point, 1, Integer::sum);
        } else {
            killedAtRandom++;
        }
        System.out.printf("chaos: life %d of %d ends by a kill %s after %.1f s%s, clock %s ahead%n", kill, plan.kills() + plan.stops(),
                died && point != null ? point : "at random", Duration.between(started, Instant.now()).toMillis() / 1000.0,
                ready ? "" : " before it was ready", ahead);
    }

    /** One life that ends as a supervisor ends it, in the midst of requests; what was acknowledged is looked for at once. */
    private void liveAndStop(int life) throws Exception {
        var application = start(List.of());
        if (!application.awaitReady()) {
            stopFailures.add("life " + life + " did not get ready");
            application.kill();
            return;
        }
        application.awaitDeath(Duration.ofMillis(500 + chance.nextLong(plan.longest().toMillis())));
        Instant asked = Instant.now();
        OptionalInt exit = application.terminate(LONGEST_STOP);
        Duration took = Duration.between(asked, Instant.now());
        stopTimes.add(took);
        if (exit.isEmpty()) {
            stopFailures.add("life " + life + " did not stop in time");
            application.kill();
        } else if (exit.getAsInt() != STOPPED) {
            stopFailures.add("life " + life + " ended with " + exit.getAsInt());
        }
        try (var connection = store.open()) {
            HistoryCheck.of(directory.resolve("history.jsonl"), connection).violations()
                    .forEach(violation -> stopFailures.add("life " + life + ": " + violation));
        }
        System.out.printf("chaos: life %d of %d ends by a stop of %.1f s, %d failures so far%n", life,
                plan.kills() + plan.stops(), took.toMillis() / 1000.0, stopFailures.size());
    }

    /** Nobody waits for it: it may be over when the kill comes, or in its midst. */
    private void replay(String url, int kill) {
        var request = HttpRequest.newBuilder(URI.create(url + "/v1/operations/processors/"
                        + PROJECTIONS.get(kill % PROJECTIONS.size()) + "/replay")).POST(BodyPublishers.noBody())
                .header("Authorization", DemoUser.ADMIN.authorization()).header("Idempotency-Key", "replay-" + kill);
        HttpClient.newHttpClient().sendAsync(request.build(), BodyHandlers.discarding());
    }

    private ApplicationProcess start(List<String> jvm) throws IOException {
        List<String> options = Stream.concat(store.options().stream(), Stream.of(
                "--orderflow.sandbox.embedded=false", "--orderflow.payment.gateway.url=http://127.0.0.1:" + gatewayPort,
                "--orderflow.payment.gateway.callback-secret=" + GatewayProcess.CALLBACK_SECRET,
                "--orderflow.demo.enabled=false", "--orderflow.clock.ahead=" + ahead,
                "--orderflow.payment.gateway.response-timeout=700ms", "--orderflow.payment.gateway.refund-retry=200ms",
                "--resilience4j.retry.configs.gateway.wait-duration=100ms",
                "--resilience4j.circuitbreaker.configs.gateway.wait-duration-in-open-state=1s",
                "--db-scheduler.heartbeat-interval=1s")).toList();
        List<String> all = new ArrayList<>(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Xshare:auto"));
        all.addAll(jvm);
        return ApplicationProcess.launch(jar(), directory, port, all, options,
                directory.resolve("application.log"));
    }

    private Process startDriver() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-cp", System.getProperty("java.class.path"), LoadDriver.class.getName(), "http://127.0.0.1:" + port,
                directory.toString(), String.valueOf(plan.seed()), String.valueOf(USERS))
                .redirectErrorStream(true).redirectOutput(directory.resolve("driver.log").toFile()).start();
    }

    /** Nobody asks for anything any more, and nothing is waited for but people. */
    private void comeToRest() throws Exception {
        try (var application = start(List.of())) {
            if (!application.awaitReady()) {
                throw new IllegalStateException("It does not start any more; see " + directory);
            }
            String handled = "";
            Instant giveUp = Instant.MAX;
            for (String restless = restless(application.url()); restless != null;
                    restless = restless(application.url())) {
                String now = get(application.url() + "/v1/operations/processors").findValuesAsText("position").toString();
                giveUp = now.equals(handled) ? giveUp : Instant.now().plus(STANDSTILL);
                handled = now;
                if (Instant.now().isAfter(giveUp)) {
                    throw new IllegalStateException("It does not come to rest: " + restless + "; see " + directory);
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    /** The first thing that is still under way; null when everything rests. */
    private static String restless(String url) throws Exception {
        for (String query : List.of("status=placed", "waiting_on=gateway", "waiting_on=stock", "waiting_on=customer",
                "waiting_on=clock")) {
            JsonNode orders = get(url + "/v1/orders?limit=1&" + query).path("items");
            if (!orders.isEmpty()) {
                return orders.path(0).toString();
            }
        }
        return null;
    }

    private static JsonNode get(String url) throws Exception {
        var response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", DemoUser.ADMIN.authorization()).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** The invariants, by the application's own command line on the stopped store. */
    private int check(String[] output) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:TieredStopAtLevel=1", "-jar", jar().toAbsolutePath().toString(), "check",
                "--gateway-ledger=" + GatewayProcess.ledger(directory), "--orderflow.clock.ahead=" + ahead));
        command.addAll(store.options());
        Path log = directory.resolve("check.log");
        int exit = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start().waitFor();
        output[0] = Files.readString(log);
        return exit;
    }
}
