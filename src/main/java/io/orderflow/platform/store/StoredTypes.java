package io.orderflow.platform.store;

import io.orderflow.shared.StoredAs;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Every type that may be read from a store, by the name it is stored under. */
final class StoredTypes {

    private static final String BASE_PACKAGE = "io.orderflow";

    private StoredTypes() {
    }

    /** @throws IllegalStateException when two types claim one name */
    static Map<String, Class<?>> byName() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(StoredAs.class));
        return scanner.findCandidateComponents(BASE_PACKAGE).stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
                .collect(Collectors.toUnmodifiableMap(type -> type.getAnnotation(StoredAs.class).value(),
                        type -> type));
    }
}
