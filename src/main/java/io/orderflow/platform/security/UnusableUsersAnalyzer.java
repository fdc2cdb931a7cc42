package io.orderflow.platform.security;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;

/** Reports invalid settings of users without their values; Spring's own analyzers would print passwords. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnusableUsersAnalyzer extends AbstractFailureAnalyzer<ConfigurationPropertiesBindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, ConfigurationPropertiesBindException unusable) {
        if (unusable.getBeanType() != AccessProperties.class) {
            return null;
        }
        return new FailureAnalysis(complaints(unusable).stream().distinct()
                .collect(Collectors.joining(System.lineSeparator())),
                "Each of orderflow.security.users needs a name, a bcrypt hash as its password, and roles"
                        + " (docs/access.md). Values may be passwords and are not shown.", unusable);
    }

    private static List<String> complaints(Throwable unusable) {
        var complaints = new ArrayList<String>();
        for (Throwable cause = unusable; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindValidationException invalid) {
                return invalid.getValidationErrors().getAllErrors().stream().map(error -> "%s.%s %s".formatted(
                        invalid.getValidationErrors().getName(), error instanceof FieldError field ? field.getField()
                                : error.getObjectName(), error.getDefaultMessage())).sorted().toList();
            }
            if (cause instanceof BindException failed) {
                complaints.clear();
                complaints.add(failed.getName() + " cannot be read");
            }
        }
        return complaints;
    }
}
