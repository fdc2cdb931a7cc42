package io.orderflow.platform.web.problem;

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

/** Problems of request bodies and parameters, field by field. */
final class BodyProblems {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private BodyProblems() {
    }

    static ProblemDetail of(HttpMessageNotReadableException unreadable) {
        var refusal = ExceptionUtils.findException(unreadable, Refusal.class);
        String path = unreadable.getCause() instanceof JsonMappingException mapping ? path(mapping) : "";
        ProblemDetail problem;
        if (refusal.isPresent()) {
            problem = Problems.of(refusal.get().details());
        } else if (unreadable.getCause() instanceof UnrecognizedPropertyException unknown) {
            problem = Problems.of(HttpStatus.BAD_REQUEST, "unknown_field", "Unknown field '%s'; known fields are %s."
                    .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds().stream().map(Object::toString)
                            .sorted().toList()));
        } else if (!path.isEmpty() && ExceptionUtils.findException(unreadable, JsonParseException.class).isEmpty()) {
            problem = Problems.of(HttpStatus.BAD_REQUEST, "invalid_field",
                    "The value of '%s' has the wrong type or format.".formatted(path));
        } else {
            return Problems.of(HttpStatus.BAD_REQUEST, "malformed_json", "The body is missing or not valid JSON.");
        }
        if (!path.isEmpty()) {
            problem.setProperty("field", path);
        }
        return problem;
    }

    static ProblemDetail of(BindingResult invalid) {
        return of(invalid.getFieldErrors().stream()
                .map(error -> error(error.getField(), error.getDefaultMessage())).toList());
    }

    static ProblemDetail of(HandlerMethodValidationException invalid) {
        return of(invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream().map(error -> error(
                        result.getMethodParameter().getParameterName(), error.getDefaultMessage())))
                .toList());
    }

    private static Map<String, String> error(String javaPath, String message) {
        return Map.of("field", SNAKE_CASE.translate(javaPath), "message", message);
    }

    private static ProblemDetail of(List<Map<String, String>> errors) {
        String summary = errors.stream().limit(3)
                .map(error -> "'%s' %s".formatted(error.get("field"), error.get("message")))
                .collect(Collectors.joining("; "));
        ProblemDetail problem = Problems.of(HttpStatus.BAD_REQUEST, "validation_failed", summary + ".");
        problem.setProperty("errors", errors.stream().limit(50).toList());
        return problem;
    }

    private static String path(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining(".")).replace(".[", "[");
    }
}
