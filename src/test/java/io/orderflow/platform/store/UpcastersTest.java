package io.orderflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.shared.StoredAs;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** Every revision of an event that was ever stored, by its golden file, has a way to what the event is today. */
class UpcastersTest {

    private static final Path GOLDEN = Path.of("src/test/resources/messages");
    private static final StoredNameSerializer SERIALIZER = StoredNameSerializer.create();
    private static final EventUpcasterChain CHAIN = new EventUpcasterChain(upcasters());

    /** A golden file: {@code <module>/<Event>/<revision>.json}. */
    private record Stored(Path file) {

        String name() {
            return file.getParent().getParent().getFileName() + "." + file.getParent().getFileName();
        }

        String revision() {
            return file.getFileName().toString().replace(".json", "");
        }

        GenericDomainEventEntry<byte[]> entry() throws IOException {
            return new GenericDomainEventEntry<>("Any", "any", 0, "event", "2026-01-01T00:00:00Z", name(), revision(),
                    Files.readAllBytes(file), "{}".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return name() + " " + revision();
        }
    }

    static Stream<Stored> revisions() throws IOException {
        return Files.walk(GOLDEN).filter(file -> file.toString().endsWith(".json")).sorted().map(Stored::new);
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void reaches_the_present(Stored stored) throws Exception {
        Class<?> today = StoredTypes.byName().get(stored.name());
        assertThat(today).as("events are stored for ever: %s is still read", stored.name()).isNotNull();

        SerializedType upcast = CHAIN.upcast(Stream.of(new InitialEventRepresentation(stored.entry(), SERIALIZER)))
                .findAny().orElseThrow().getType();
        Object payload = EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(stored.entry()), SERIALIZER, CHAIN)
                .asStream().findAny().orElseThrow().getPayload();

        assertThat(upcast.getRevision()).isEqualTo(today.getAnnotation(Revision.class).value());
        assertThat(payload).isInstanceOf(today);
        assertThat(today.getAnnotation(StoredAs.class).value()).isEqualTo(stored.name());
    }

    @Test
    void there_are_old_revisions_to_be_read() throws IOException {
        assertThat(revisions().filter(stored -> !stored.revision().equals(
                StoredTypes.byName().get(stored.name()).getAnnotation(Revision.class).value()))).hasSizeGreaterThan(1);
    }

    /** In the order in which the application puts them. */
    private static List<EventUpcaster> upcasters() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(EventUpcaster.class));
        return scanner.findCandidateComponents("io.orderflow").stream()
                .map(found -> make(ClassUtils.resolveClassName(found.getBeanClassName(), null)))
                .sorted(AnnotationAwareOrderComparator.INSTANCE).toList();
    }

    private static EventUpcaster make(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (EventUpcaster) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
