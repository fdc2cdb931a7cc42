package io.orderflow.audit;

import io.orderflow.shared.StoredAs;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The names under which events are stored. */
final class KnownEvents {

    private KnownEvents() {
    }

    static Set<String> names() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(StoredAs.class));
        return scanner.findCandidateComponents("io.orderflow.*.event").stream()
                .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
                .map(type -> type.getAnnotation(StoredAs.class).value()).collect(Collectors.toUnmodifiableSet());
    }
}
