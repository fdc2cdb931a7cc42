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
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * What was stored once stays readable. A golden file is what an event looked like when it was released:
 * {@code <module>/<Event>.json}, and {@code <module>/<Event>.2.json} from its revision 2 on. It is never changed; an event
 * that changes gets a new revision and an upcaster. {@code -Dorderflow.messages.update=true} writes the files of new events
 * and the names of new types.
 */
class MessageContractTest {

    private static final Path GOLDEN = Path.of("src/test/resources/messages");
    private static final Path NAMES = GOLDEN.resolve("names.txt");
    private static final Serializer SERIALIZER = ProductionSerializer.create();
    private static final EventUpcasterChain UPCASTERS = new EventUpcasterChain(upcasters());
    private static final Map<String, Class<?>> TYPES = new TreeMap<>(ProductionSerializer.types());
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** An event under its stored name. */
    record Event(String name, Class<?> type) {

        /** Null until it has changed. */
        String revision() {
            var revision = type.getAnnotation(Revision.class);
            return revision == null ? null : revision.value();
        }

        Path golden() {
            return GOLDEN.resolve(name.replace('.', '/') + (revision() == null ? "" : '.' + revision()) + ".json");
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
    void every_golden_file_is_read_as_its_event(Path golden) throws IOException {
        String[] file = golden.getFileName().toString().split("\\.");
        String name = golden.getName(0) + "." + file[0];
        var stored = new GenericDomainEventEntry<>("Any", "any", 0, "event", "2026-01-01T00:00:00Z", name,
                file.length == 2 ? null : file[1], Files.readAllBytes(GOLDEN.resolve(golden)), "{}".getBytes(UTF_8));

        assertThat(EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(stored), SERIALIZER, UPCASTERS)
                .next().getPayload()).isExactlyInstanceOf(TYPES.get(name));
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

    /** In the order in which the application puts them. */
    private static List<EventUpcaster> upcasters() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(EventUpcaster.class));
        return scanner.findCandidateComponents("io.orderflow").stream()
                .map(found -> (EventUpcaster) BeanUtils.instantiateClass(
                        ClassUtils.resolveClassName(found.getBeanClassName(), null)))
                .sorted(AnnotationAwareOrderComparator.INSTANCE).toList();
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
