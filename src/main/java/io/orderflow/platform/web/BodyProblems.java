package io.orderflow.platform.web;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.orderflow.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.common.ExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindingResult;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What is wrong with a request body, field by field. */
final class BodyProblems {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private BodyProblems() {
    }

    static ProblemDetail of(HttpMessageNotReadableException unreadable) {
        var refusal = ExceptionUtils.findException(unreadable, Refusal.class);
        if (refusal.isPresent()) {
            return at(path(unreadable.getCause()), Problems.of(refusal.get().details()));
        }
        if (ExceptionUtils.findException(unreadable, JsonParseException.class).isPresent()) {
            return malformed();
        }
        if (unreadable.getCause() instanceof UnrecognizedPropertyException unknown) {
            return at(path(unknown), Problems.of(HttpStatus.BAD_REQUEST, "unknown_field",
                    "There is no field '%s' here; known are %s.".formatted(unknown.getPropertyName(),
                            unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().toList())));
        }
        if (unreadable.getCause() instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return at(path(mapping), Problems.of(HttpStatus.BAD_REQUEST, "invalid_field",
                    "The value of '%s' has the wrong form.".formatted(path(mapping))));
        }
        return malformed();
    }

    private static ProblemDetail malformed() {
        return Problems.of(HttpStatus.BAD_REQUEST, "malformed_json", "The body is missing or not valid JSON.");
    }

    static ProblemDetail of(BindingResult invalid) {
        return of(invalid.getFieldErrors().stream()
                .map(error -> Map.of("field", snakeCase(error.getField()), "message",
                        String.valueOf(error.getDefaultMessage())))
                .toList());
    }

    static ProblemDetail of(HandlerMethodValidationException invalid) {
        return of(invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream().map(error -> Map.of(
                        "field", snakeCase(String.valueOf(result.getMethodParameter().getParameterName())),
                        "message", String.valueOf(error.getDefaultMessage()))))
                .toList());
    }

    private static ProblemDetail of(List<Map<String, String>> errors) {
        String summary = errors.stream().limit(3)
                .map(error -> "'%s' %s".formatted(error.get("field"), error.get("message")))
                .collect(Collectors.joining("; "));
        ProblemDetail problem = Problems.of(HttpStatus.BAD_REQUEST, "validation_failed", summary + ".");
        problem.setProperty("errors", errors.stream().limit(50).toList());
        return problem;
    }

    private static ProblemDetail at(String path, ProblemDetail problem) {
        if (!path.isEmpty()) {
            problem.setProperty("field", path);
        }
        return problem;
    }

    private static String path(Throwable cause) {
        return cause instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining(".")).replace(".[", "[")
                : "";
    }

    private static String snakeCase(String javaPath) {
        return SNAKE_CASE.translate(javaPath);
    }
}
