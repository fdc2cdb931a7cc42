package io.orderflow.platform.web.problem;

import io.orderflow.platform.spi.StoreOutage;
import io.orderflow.platform.web.response.EntityTag;
import io.orderflow.shared.Refusal;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.axonframework.common.ExceptionUtils;
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
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns every exception of a request into a problem document. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    @Nullable ResponseEntity<Object> failed(Exception failure, WebRequest request) {
        return refusal(failure).map(details -> refused(details, failure, request))
                .orElseGet(() -> unexpected(failure, request));
    }

    /** A refusal may be wrapped by a future, or arrive from another process as the details of a failure. */
    private static Optional<Refusal.Details> refusal(Throwable failure) {
        return ExceptionUtils.findException(failure, Refusal.class).map(Refusal::details)
                .or(() -> ExceptionUtils.findException(failure, HandlerExecutionException.class)
                        .flatMap(HandlerExecutionException::getDetails));
    }

    private ResponseEntity<Object> refused(Refusal.Details refusal, Exception cause, WebRequest request) {
        ProblemDetail problem = Problems.of(refusal);
        var headers = new HttpHeaders();
        if (refusal.kind() == Refusal.Kind.PRECONDITION_FAILED
                && refusal.attributes().get("version") instanceof Number version) {
            headers.setETag(EntityTag.of(version.longValue()));
        }
        return handleExceptionInternal(cause, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    private @Nullable ResponseEntity<Object> unexpected(Exception failure, WebRequest request) {
        if (StoreOutage.isCauseOf(failure)) {
            return busy(failure, request);
        }
        if (ExceptionUtils.findException(failure, TimeoutException.class).isPresent()) {
            return answer(unavailable(), failure, request);
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            LOG.debug("The client of {} has disconnected", request.getDescription(false), failure);
            return null;
        }
        LOG.error("Unexpected failure of {}", request.getDescription(false), failure);
        return answer(Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error",
                "An unexpected error, see the server's log. The same request under the same key is safe to send again."),
                failure, request);
    }

    @ExceptionHandler({LockAcquisitionFailedException.class, TransientDataAccessException.class,
            CannotCreateTransactionException.class})
    ResponseEntity<Object> busy(Exception busy, WebRequest request) {
        LOG.warn("Answered 503: the store is busy or unavailable", busy);
        return answer(unavailable(), busy, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> missing(AggregateNotFoundException missing, WebRequest request) {
        return answer(Problems.of(HttpStatus.NOT_FOUND, "not_found",
                "Nothing has the id '%s'.".formatted(missing.getAggregateIdentifier())), missing, request);
    }

    @ExceptionHandler({ConcurrencyException.class, AggregateStreamCreationException.class,
            DuplicateKeyException.class})
    ResponseEntity<Object> lostRace(RuntimeException lost, WebRequest request) {
        return answer(Problems.of(HttpStatus.CONFLICT, "concurrent_change",
                "Another request changed the same resource at the same time; send the request again under the same key."),
                lost, request);
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException missing,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(Problems.of(status, "no_such_endpoint",
                "No endpoint has the path '/%s'; /openapi.json lists all endpoints.".formatted(
                        missing.getResourcePath())), missing, request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException unreadable,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(BodyProblems.of(unreadable), unreadable, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(TypeMismatchException mismatch, HttpHeaders headers,
            HttpStatusCode status, WebRequest request) {
        return answer(refusal(mismatch).map(Problems::of).orElseGet(() -> Problems.of(status, "invalid_parameter",
                "'%s' is not a valid value of '%s'.".formatted(mismatch.getValue(), mismatch.getPropertyName()))),
                mismatch, request);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException invalid,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(BodyProblems.of(invalid.getBindingResult()), invalid, request);
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(HandlerMethodValidationException invalid,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(BodyProblems.of(invalid), invalid, request);
    }

    private ResponseEntity<Object> answer(ProblemDetail problem, Exception cause, WebRequest request) {
        return handleExceptionInternal(cause, problem, new HttpHeaders(),
                HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception exception, @Nullable Object body,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var response = super.handleExceptionInternal(exception, body, headers, status, request);
        if (response == null || !(response.getBody() instanceof ProblemDetail problem)) {
            return response;
        }
        if (problem.getProperties() == null || !problem.getProperties().containsKey(Problems.CODE)) {
            Problems.coded(problem, Problems.codeOf(status));
        }
        problem.setInstance(instance(((ServletWebRequest) request).getRequest().getRequestURI()));
        // Regardless of Accept: RFC 9110, section 15.5.7
        return ResponseEntity.status(status).headers(response.getHeaders()).headers(Problems.retryAfter(problem))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    /** Tomcat accepts a few paths that are no URI by themselves. */
    private static URI instance(String path) {
        return URI.create(path.replaceFirst("^/+", "/").replace("[", "%5B").replace("]", "%5D"));
    }

    private static ProblemDetail unavailable() {
        return Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "busy",
                "The request could not be finished in time; send it again under the same key.");
    }
}
