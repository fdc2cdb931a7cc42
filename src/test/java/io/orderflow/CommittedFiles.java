package io.orderflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Generated files that are committed: they must be what would be generated now. */
public final class CommittedFiles {

    private static final boolean UPDATE = Boolean.getBoolean("orderflow.docs.update");

    private CommittedFiles() {
    }

    /** @throws AssertionError when the file is stale; rewrites it instead when asked to */
    public static void requireFresh(Path committed, String generated) {
        if (UPDATE) {
            write(committed, generated);
        }
        assertThat(committed).as("is stale: run the test that failed with -Dorderflow.docs.update=true")
                .hasContent(generated);
    }

    /** The same for all files of a directory. */
    static void requireFresh(Path committed, Path generated) {
        Map<String, String> fresh = texts(generated);
        fresh.replaceAll((name, text) -> withSortedElements(text));
        if (UPDATE) {
            texts(committed).keySet().stream().filter(name -> !fresh.containsKey(name))
                    .forEach(name -> delete(committed.resolve(name)));
            fresh.forEach((name, text) -> write(committed.resolve(name), text));
        }
        assertThat(texts(committed))
                .as("%s is stale: run ./mvnw test -Dtest=ArchitectureTest -Dorderflow.docs.update=true", committed)
                .isEqualTo(fresh);
    }

    /** Diagrams name their elements in the order in which classes were found, which differs from machine to machine. */
    private static String withSortedElements(String text) {
        var sorted = new ArrayList<String>();
        var run = new ArrayList<String>();
        for (String line : text.split("\n", -1)) {
            if (!run.isEmpty() && !element(line).equals(element(run.get(0)))) {
                sorted.addAll(run.stream().sorted().toList());
                run.clear();
            }
            if (element(line).isEmpty()) {
                sorted.add(line);
            } else {
                run.add(line);
            }
        }
        sorted.addAll(run.stream().sorted().toList());
        return String.join("\n", sorted);
    }

    private static String element(String line) {
        return Stream.of("Rel(", "Component(").filter(line.strip()::startsWith).findFirst().orElse("");
    }

    private static Map<String, String> texts(Path directory) {
        var texts = new TreeMap<String, String>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.list(directory)) {
                files.forEach(file -> texts.put(file.getFileName().toString(), read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
