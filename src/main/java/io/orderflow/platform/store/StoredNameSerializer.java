package io.orderflow.platform.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.orderflow.shared.StoredAs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.json.JacksonSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Serializes to JSON under the names of {@link StoredAs}, so that renaming a class does not affect stored data. Only
 * these types and Axon's own are ever deserialized.
 */
final class StoredNameSerializer extends JacksonSerializer {

    private static final String BASE_PACKAGE = "io.orderflow";
    private static final List<String> FRAMEWORK_PACKAGES =
            List.of("org.axonframework.", "java.lang.", "java.util.", "java.time.", "java.math.", "[");

    private final Map<String, Class<?>> typesByName;
    private final Map<Class<?>, String> namesByType;

    private StoredNameSerializer(Map<String, Class<?>> typesByName) {
        super(JacksonSerializer.builder().objectMapper(mapper()));
        this.typesByName = typesByName;
        this.namesByType = typesByName.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    static StoredNameSerializer create() {
        return new StoredNameSerializer(storedTypes());
    }

    /**
     * Every type that may be read from a store, by its stored name.
     *
     * @throws IllegalStateException when two types have the same name
     */
    static Map<String, Class<?>> storedTypes() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(StoredAs.class));
        return scanner.findCandidateComponents(BASE_PACKAGE).stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
                .collect(Collectors.toUnmodifiableMap(type -> type.getAnnotation(StoredAs.class).value(),
                        type -> type));
    }

    /** Separate from Boot's mapper: changes to the REST format must not change the stored format. */
    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModules(new JavaTimeModule(), new Jdk8Module(), new ParameterNamesModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(@Nullable Class type) {
        SerializedType plain = super.typeForClass(type);
        String name = type == null ? null : namesByType.get(type);
        return name == null ? plain : new SimpleSerializedType(name, plain.getRevision());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class classForType(SerializedType type) {
        if (SerializedType.emptyType().equals(type)) {
            return Void.class;
        }
        Class<?> known = typesByName.get(type.getName());
        if (known != null) {
            return known;
        }
        return FRAMEWORK_PACKAGES.stream().anyMatch(type.getName()::startsWith)
                ? super.classForType(type) : UnknownSerializedType.class;
    }
}
