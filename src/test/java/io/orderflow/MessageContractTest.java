package io.orderflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.orderflow.platform.store.ProductionSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was stored once stays readable. A golden file is what an event of that revision looked like when it was
 * released: it is never changed, an event that changes gets a new revision and an upcaster.
 * {@code -Dorderflow.messages.update=true} writes the files of new events and the names of new types.
 */
class MessageContractTest {

    private static final Path GOLDEN = Path.of("src/test/resources/messages");
    private static final Path NAMES = GOLDEN.resolve("names.txt");
    private static final Serializer SERIALIZER = ProductionSerializer.create();
    private static final Map<String, Class<?>> TYPES = new TreeMap<>(ProductionSerializer.types());
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** An event under its stored name. */
    record Event(String name, Class<?> type) {

        String revision() {
            return type.getAnnotation(Revision.class).value();
        }

        Path golden() {
            return GOLDEN.resolve(name.replace('.', '/')).resolve(revision() + ".json");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Event> events() {
        List<Event> events = TYPES.entrySet().stream().map(type -> new Event(type.getKey(), type.getValue()))
                .filter(event -> event.type().getPackageName().endsWith(".event")).toList();
        assertThat(events).isNotEmpty();
        return events;
    }

    static List<Path> goldens() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".json")).map(GOLDEN::relativize).sorted().toList();
        }
    }

    @BeforeAll
    static void write_what_is_new() throws IOException {
        if (Boolean.getBoolean("orderflow.messages.update")) {
            for (Event event : events()) {
                if (Files.notExists(event.golden())) {
                    Files.createDirectories(event.golden().getParent());
                    Files.writeString(event.golden(), pretty(write(Samples.of(event.type())).getData()));
                }
            }
            var names = new TreeSet<>(Files.exists(NAMES) ? Files.readAllLines(NAMES) : List.of());
            names.addAll(TYPES.keySet());
            Files.write(NAMES, names);
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_reads_its_golden_file_and_writes_the_same(Event event) throws IOException {
        assertThat(event.golden()).as("new? run with -Dorderflow.messages.update=true").exists();
        byte[] golden = Files.readAllBytes(event.golden());

        SerializedObject<byte[]> written = write(read(event.name(), event.revision(), golden));

        assertThat(written.getType().getName()).isEqualTo(event.name());
        assertThat(written.getType().getRevision()).isEqualTo(event.revision());
        assertThat(JSON.readTree(written.getData())).isEqualTo(JSON.readTree(golden));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void every_golden_file_has_its_event(Path golden) throws IOException {
        String name = golden.getName(0) + "." + golden.getName(1);
        String revision = golden.getFileName().toString().replace(".json", "");

        assertThat(read(name, revision, Files.readAllBytes(GOLDEN.resolve(golden))))
                .isExactlyInstanceOf(TYPES.get(name));
    }

    @Test
    void no_stored_name_is_ever_lost() throws IOException {
        assertThat(TYPES.keySet()).containsAll(Files.readAllLines(NAMES));
    }

    @Test
    void every_stored_name_is_on_record() throws IOException {
        assertThat(Files.readAllLines(NAMES)).as("new? run with -Dorderflow.messages.update=true")
                .containsAll(TYPES.keySet());
    }

    private static Object read(String name, String revision, byte[] json) {
        return SERIALIZER.deserialize(new SimpleSerializedObject<>(json, byte[].class, name, revision));
    }

    private static SerializedObject<byte[]> write(Object message) {
        return SERIALIZER.serialize(message, byte[].class);
    }

    private static String pretty(byte[] json) throws IOException {
        return JSON.writeValueAsString(JSON.readTree(new String(json, UTF_8))) + '\n';
    }
}
