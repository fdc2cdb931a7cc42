package io.orderflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which module may touch which table: the one that the table's migration is named after. Operators look at Axon's own
 * tables besides, of which only Axon knows what is written; the auditor may read all, because it is to share no code with
 * them, and write none (docs/adr/0009).
 *
 * @param main the source directory that holds {@code java} and {@code resources}
 */
record TableOwners(Path main) {

    private static final Pattern MIGRATION = Pattern.compile("V\\d+__([a-z]+)\\w*\\.sql");
    private static final String AUDITOR = "java/io/orderflow/audit";
    private static final Pattern WRITE = Pattern.compile("(?i)\\b(insert\\s+into|update\\s+\\w+\\.|delete\\s+from|merge\\s+into)");
    /** The dead letters of its sagas and their deadlines, which Axon and db-scheduler keep. */
    private static final Set<String> KEPT_FOR_FULFILLMENT = Set.of("axon.dead_letter_entry",
            "axon.scheduled_tasks");
    private static final Pattern TABLE = Pattern.compile("create table (\\w+\\.\\w+)");

    /** A table touched by a module that does not own it, or by none at all, in words. */
    List<String> violations() {
        Map<String, String> owners = owners();
        if (owners.isEmpty()) {
            return List.of("There are no tables below " + main);
        }
        var violations = new ArrayList<String>();
        owners.forEach((table, owner) -> {
            Pattern name = Pattern.compile("(?<![\\w.])" + Pattern.quote(table) + "(?!\\w)");
            List<Path> users = sources().stream().filter(source -> name.matcher(text(source)).find()).toList();
            if (users.isEmpty()) {
                violations.add("%s is touched by nobody".formatted(table));
            }
            users.stream().filter(user -> !module(user).equals(owner) && !isAuditor(user) && !isSeenByOperators(table, user))
                    .forEach(user -> violations.add("%s belongs to %s and is touched by %s".formatted(table, owner,
                            main.relativize(user))));
        });
        sources().stream().filter(source -> isAuditor(source) && WRITE.matcher(text(source)).find()).forEach(source ->
                violations.add("%s writes, and may only read".formatted(main.relativize(source))));
        return violations;
    }

    private boolean isAuditor(Path source) {
        return source.startsWith(main.resolve(AUDITOR));
    }

    private boolean isSeenByOperators(String table, Path user) {
        return table.startsWith("axon.") && module(user).equals("operations")
                || KEPT_FOR_FULFILLMENT.contains(table) && module(user).equals("fulfillment");
    }

    /** The modules by the tables that they own. */
    private Map<String, String> owners() {
        var owners = new TreeMap<String, String>();
        for (Path file : files(main.resolve("resources/db/migration"))) {
            var migration = MIGRATION.matcher(file.getFileName().toString());
            var table = TABLE.matcher(text(file));
            while (migration.matches() && table.find()) {
                owners.put(table.group(1), migration.group(1));
            }
        }
        return owners;
    }

    private List<Path> sources() {
        return Stream.concat(files(main.resolve("java")).stream(), files(main.resolve("resources")).stream()
                .filter(file -> file.toString().endsWith(".yaml"))).toList();
    }

    /** Configuration files are read by platform. */
    private String module(Path source) {
        Path java = main.resolve("java/io/orderflow");
        return source.startsWith(java) ? java.relativize(source).getName(0).toString() : "platform";
    }

    private static List<Path> files(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
