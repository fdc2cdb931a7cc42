package io.orderflow.platform.web.problem;

import io.orderflow.shared.Refusal;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Creates problem documents with a stable {@code code} and a type that leads to their {@link ProblemPages page}. */
public final class Problems {

    static final String CODE = "code";

    private Problems() {
    }

    /** A problem that has no {@link Refusal.Kind}, to be thrown by filters and interceptors. */
    public static ErrorResponseException exception(HttpStatus status, String code, String detail) {
        return new ErrorResponseException(status, of(status, code, detail), null);
    }

    /** The problem of which nothing but the status is known. */
    public static ProblemDetail of(HttpStatusCode status) {
        String code = codeOf(status);
        return of(status, code, ProblemCatalogue.find(code).map(ProblemCatalogue.Entry::means).orElseThrow());
    }

    static ProblemDetail of(HttpStatusCode status, String code, String detail) {
        return coded(ProblemDetail.forStatusAndDetail(status, detail), code);
    }

    static ProblemDetail of(Refusal.Details refusal) {
        ProblemDetail problem = of(status(refusal.kind()), refusal.code(), refusal.message());
        refusal.attributes().forEach(problem::setProperty);
        return problem;
    }

    static ProblemDetail coded(ProblemDetail problem, String code) {
        problem.setProperty(CODE, code);
        problem.setType(URI.create("/problems/" + code));
        return problem;
    }

    static String codeOf(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        String code = known == null ? "" : known.name().toLowerCase(Locale.ROOT);
        return ProblemCatalogue.find(code).isPresent() ? code
                : status.is5xxServerError() ? "internal_error" : "bad_request";
    }

    /** {@code Retry-After}, for a problem that a later request may not meet. */
    static HttpHeaders retryAfter(ProblemDetail problem) {
        var headers = new HttpHeaders();
        ProblemCatalogue.find(String.valueOf(problem.getProperties().get(CODE)))
                .map(ProblemCatalogue.Entry::retryAfter)
                .ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)));
        return headers;
    }

    private static HttpStatus status(Refusal.Kind kind) {
        return switch (kind) {
            case MALFORMED -> HttpStatus.BAD_REQUEST;
            case INVALID -> HttpStatus.UNPROCESSABLE_ENTITY;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case PRECONDITION_FAILED -> HttpStatus.PRECONDITION_FAILED;
            case PRECONDITION_REQUIRED -> HttpStatus.PRECONDITION_REQUIRED;
            case EXCESSIVE -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
