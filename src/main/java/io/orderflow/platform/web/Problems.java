package io.orderflow.platform.web;

import io.orderflow.shared.Refusal;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.util.UriUtils;

/** How errors are told: RFC 9457 problem documents with a stable {@code code}. */
final class Problems {

    static final String CODE = "code";

    private Problems() {
    }

    static ProblemDetail of(HttpStatusCode status, String code, String detail) {
        return coded(ProblemDetail.forStatusAndDetail(status, detail), code);
    }

    static ProblemDetail of(Refusal.Details refusal) {
        ProblemDetail problem = of(status(refusal.kind()), refusal.code(), refusal.message());
        refusal.attributes().forEach(problem::setProperty);
        return problem;
    }

    /** Gives a problem its code, and the page of it as its type. */
    static ProblemDetail coded(ProblemDetail problem, String code) {
        problem.setProperty(CODE, code);
        problem.setType(URI.create("/problems/" + code));
        return problem;
    }

    /** The code of a problem of which nothing but its status is known. */
    static String codeOf(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        String code = known == null ? "" : known.name().toLowerCase(Locale.ROOT);
        return ProblemCatalogue.find(code).isPresent() ? code
                : status.is5xxServerError() ? "internal_error" : "bad_request";
    }

    /** What can be said of a problem of which nothing but its status is known. */
    static ProblemDetail of(HttpStatusCode status) {
        String code = codeOf(status);
        return of(status, code, ProblemCatalogue.find(code).map(ProblemCatalogue.Entry::means).orElseThrow());
    }

    /** When to come back, for a problem that passes by itself. */
    static HttpHeaders retryAfter(ProblemDetail problem) {
        var headers = new HttpHeaders();
        ProblemCatalogue.find(String.valueOf(problem.getProperties().get(CODE)))
                .map(ProblemCatalogue.Entry::retryAfter)
                .ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)));
        return headers;
    }

    static URI instance(String path) {
        return URI.create(UriUtils.encodePath(path, "UTF-8"));
    }

    static HttpStatus status(Refusal.Kind kind) {
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
