package io.orderflow.platform.web.problem;

import static org.axonframework.common.ExceptionUtils.findException;

import io.orderflow.platform.spi.StoreOutage;
import io.orderflow.platform.web.response.EntityTag;
import io.orderflow.shared.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.catalina.connector.ClientAbortException;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns every exception of a request into a problem document. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final List<Class<? extends Exception>> LOST_RACES = List.of(ConcurrencyException.class,
            AggregateStreamCreationException.class, DuplicateKeyException.class);
    private static final List<Class<? extends Exception>> BUSY = List.of(LockAcquisitionFailedException.class,
            TransientDataAccessException.class, CannotCreateTransactionException.class);

    /** The exceptions that {@link ResponseEntityExceptionHandler} does not handle. */
    @ExceptionHandler
    @Nullable ResponseEntity<Object> failed(Exception failure, WebRequest request) {
        // Tomcat's own exception only: broken connections to the store or the gateway have the same messages
        if (findException(failure, ClientAbortException.class).isPresent()) {
            LOG.debug("The client of {} has disconnected", request.getDescription(false), failure);
            return null;
        }
        ProblemDetail problem = refusal(failure).map(Problems::of).orElseGet(() -> problem(failure, request));
        var headers = new HttpHeaders();
        if (problem.getStatus() == HttpStatus.PRECONDITION_FAILED.value()
                && problem.getProperties().get("version") instanceof Number version) {
            headers.setETag(EntityTag.of(version.longValue()));
        }
        return handleExceptionInternal(failure, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    /** A refusal may be wrapped by a future, or arrive from another process as the details of a failure. */
    private static Optional<Refusal.Details> refusal(Throwable failure) {
        return findException(failure, Refusal.class).map(Refusal::details)
                .or(() -> findException(failure, HandlerExecutionException.class)
                        .flatMap(HandlerExecutionException::getDetails));
    }

    private static ProblemDetail problem(Exception failure, WebRequest request) {
        if (failure instanceof AggregateNotFoundException missing) {
            return Problems.of(HttpStatus.NOT_FOUND, "not_found",
                    "Nothing has the id '%s'.".formatted(missing.getAggregateIdentifier()));
        }
        if (LOST_RACES.stream().anyMatch(type -> type.isInstance(failure))) {
            return Problems.of(HttpStatus.CONFLICT, "concurrent_change", "Another request changed the same resource at "
                    + "the same time; send the request again under the same key.");
        }
        boolean outage = StoreOutage.isCauseOf(failure) || BUSY.stream().anyMatch(type -> type.isInstance(failure));
        if (outage) {
            LOG.warn("Answered 503: the store is busy or unavailable", failure);
        }
        if (outage || findException(failure, TimeoutException.class).isPresent()) {
            return Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "busy",
                    "The request could not be finished in time; send it again under the same key.");
        }
        LOG.error("Unexpected failure of {}", request.getDescription(false), failure);
        return Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error",
                "An unexpected error, see the server's log. It is safe to send the same request under the same key.");
    }

    /** The problems of Spring's exceptions that have more to tell than their status. */
    private static Optional<ProblemDetail> problem(Exception exception) {
        if (exception instanceof HttpMessageNotReadableException unreadable) {
            return Optional.of(BodyProblems.of(unreadable));
        }
        if (exception instanceof MethodArgumentNotValidException invalid) {
            return Optional.of(BodyProblems.of(invalid.getBindingResult()));
        }
        if (exception instanceof HandlerMethodValidationException invalid) {
            return Optional.of(BodyProblems.of(invalid));
        }
        if (exception instanceof TypeMismatchException mismatch) {
            return refusal(mismatch).map(Problems::of).or(() -> Optional.of(Problems.of(HttpStatus.BAD_REQUEST,
                    "invalid_parameter", "'%s' is not a valid value of '%s'.".formatted(mismatch.getValue(),
                            mismatch.getPropertyName()))));
        }
        if (exception instanceof NoResourceFoundException missing) {
            return Optional.of(Problems.of(HttpStatus.NOT_FOUND, "no_such_endpoint",
                    "No endpoint has the path '/%s'; /openapi.json lists all endpoints.".formatted(
                            missing.getResourcePath())));
        }
        return Optional.empty();
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception exception, @Nullable Object body,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Object own = problem(exception).<Object>map(problem -> problem).orElse(body);
        HttpStatusCode actual = own instanceof ProblemDetail problem ? HttpStatusCode.valueOf(problem.getStatus())
                : status;
        var response = super.handleExceptionInternal(exception, own, headers, actual, request);
        if (response == null || !(response.getBody() instanceof ProblemDetail problem)) {
            return response;
        }
        if (problem.getProperties() == null || !problem.getProperties().containsKey(Problems.CODE)) {
            Problems.coded(problem, Problems.codeOf(actual));
        }
        problem.setInstance(instance(((ServletWebRequest) request).getRequest().getRequestURI()));
        // Regardless of Accept: RFC 9110, section 15.5.7
        return ResponseEntity.status(actual).headers(response.getHeaders()).headers(Problems.retryAfter(problem))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    /** A path that begins with two slashes is no URI, or one with a host. */
    private static URI instance(String path) {
        return URI.create(path.replaceFirst("^/+", "/"));
    }
}
