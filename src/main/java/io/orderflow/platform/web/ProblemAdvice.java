package io.orderflow.platform.web;

import io.orderflow.platform.spi.StoreOutage;
import io.orderflow.shared.Refusal;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
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
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns every exception that reaches the web into a problem document that says what to do. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    /** The present version, in a refusal of a stale one. */
    private static final String VERSION = "version";

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal, WebRequest request) {
        return answer(refusal.details(), refusal, request);
    }

    private ResponseEntity<Object> answer(Refusal.Details refusal, Exception cause, WebRequest request) {
        var headers = new HttpHeaders();
        if (refusal.kind() == Refusal.Kind.PRECONDITION_FAILED && refusal.attributes().get(VERSION) instanceof Number version) {
            headers.setETag(EntityTag.of(version.longValue()));
        }
        return handleExceptionInternal(cause, Problems.of(refusal), headers, Problems.status(refusal.kind()), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> missing(AggregateNotFoundException missing, WebRequest request) {
        return answer(Problems.of(HttpStatus.NOT_FOUND, "not_found",
                "There is nothing with the id '%s'.".formatted(missing.getAggregateIdentifier())), missing, request);
    }

    @ExceptionHandler({ConcurrencyException.class, AggregateStreamCreationException.class,
            DuplicateKeyException.class})
    ResponseEntity<Object> lostRace(RuntimeException lost, WebRequest request) {
        return answer(Problems.of(HttpStatus.CONFLICT, "concurrent_change",
                "Somebody changed the same thing at the same time; send the request again under the same key."),
                lost, request);
    }

    @ExceptionHandler({LockAcquisitionFailedException.class, TransientDataAccessException.class,
            CannotCreateTransactionException.class})
    ResponseEntity<Object> busy(RuntimeException busy, WebRequest request) {
        LOG.warn("Answered 503 because the store is busy or away", busy);
        return answer(unavailable(), busy, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> failed(Exception failure, WebRequest request) {
        return refusal(failure).map(details -> answer(details, failure, request))
                .orElseGet(() -> unexpected(failure, request));
    }

    /** A refusal may come wrapped in a future, or from another process as the details of a failure. */
    private static Optional<Refusal.Details> refusal(Throwable failure) {
        return ExceptionUtils.findException(failure, Refusal.class).map(Refusal::details)
                .or(() -> ExceptionUtils.findException(failure, HandlerExecutionException.class)
                        .flatMap(HandlerExecutionException::getDetails));
    }

    private ResponseEntity<Object> unexpected(Exception failure, WebRequest request) {
        if (StoreOutage.isCauseOf(failure)) {
            LOG.warn("Answered 503 because the store is away", failure);
            return answer(unavailable(), failure, request);
        }
        if (ExceptionUtils.findException(failure, TimeoutException.class).isPresent()) {
            return answer(unavailable(), failure, request);
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            LOG.debug("Nobody is left to answer {}", request.getDescription(false), failure);
            return null;
        }
        LOG.error("Unexpected failure of {}", request.getDescription(false), failure);
        return answer(Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error",
                "This should not have happened and is in the log; the same request under the same key is safe to send "
                        + "again."), failure, request);
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException missing,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(Problems.of(status, "no_such_endpoint",
                "There is nothing at '/%s'; /openapi.json lists what there is.".formatted(missing.getResourcePath())),
                missing, request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException unreadable,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(BodyProblems.of(unreadable), unreadable, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(TypeMismatchException mismatch, HttpHeaders headers,
            HttpStatusCode status, WebRequest request) {
        var refusal = ExceptionUtils.findException(mismatch, Refusal.class);
        return answer(refusal.map(Refusal::details).map(Problems::of)
                .orElseGet(() -> Problems.of(status, "invalid_parameter", "'%s' is not a valid value for '%s'."
                        .formatted(mismatch.getValue(), mismatch.getPropertyName()))), mismatch, request);
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

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(Exception exception, Object body, HttpHeaders headers,
            HttpStatusCode status, WebRequest request) {
        var response = super.handleExceptionInternal(exception, body, headers, status, request);
        if (response == null || !(response.getBody() instanceof ProblemDetail problem)) {
            return response;
        }
        if (problem.getProperties() == null || !problem.getProperties().containsKey(Problems.CODE)) {
            Problems.coded(problem, Problems.codeOf(status));
        }
        // Whatever the caller accepts: a problem is better told in JSON than not at all (RFC 9110, section 15.5.7).
        return ResponseEntity.status(status).headers(response.getHeaders()).headers(Problems.retryAfter(problem))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    private ResponseEntity<Object> answer(ProblemDetail problem, Exception cause, WebRequest request) {
        return handleExceptionInternal(cause, problem, new HttpHeaders(),
                HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    private static ProblemDetail unavailable() {
        return Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "busy",
                "Orderflow could not finish this in time; send the same request again under the same key.");
    }
}
