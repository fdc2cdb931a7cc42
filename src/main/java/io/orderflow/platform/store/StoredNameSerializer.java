package io.orderflow.platform.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * JSON under the names of {@link io.orderflow.shared.StoredAs}: renaming a class never touches what is stored, and
 * nothing else than those types is ever made from stored data.
 */
final class StoredNameSerializer extends JacksonSerializer {

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
        return new StoredNameSerializer(StoredTypes.byName());
    }

    /** Not Boot's mapper: a change to how REST speaks must not change what is stored. */
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
    public SerializedType typeForClass(Class type) {
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
