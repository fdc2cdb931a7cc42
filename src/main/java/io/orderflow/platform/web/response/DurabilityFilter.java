package io.orderflow.platform.web.response;

import io.orderflow.platform.spi.Durability;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.OnCommittedResponseWrapper;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sends no answer of the API, and no event of a live stream, before everything committed so far is durable. */
@Component
class DurabilityFilter extends OncePerRequestFilter {

    private final Durability durability;

    DurabilityFilter(Durability durability) {
        this.durability = durability;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var durable = new DurableResponse(response);
        chain.doFilter(request, durable);
        if (!request.isAsyncStarted()) {
            durable.onResponseCommitted();
        }
    }

    /** The problem that replaces the answer must have neither its type nor its location. */
    private void awaitDurable(HttpServletResponse response) {
        try {
            durability.awaitDurable();
        } catch (RuntimeException failure) {
            if (!response.isCommitted()) {
                response.reset();
            }
            throw failure;
        }
    }

    private final class DurableResponse extends OnCommittedResponseWrapper {

        DurableResponse(HttpServletResponse response) {
            super(response);
        }

        /** Problems promise nothing; an answer that is no stream is complete before its first byte is sent. */
        @Override
        protected void onResponseCommitted() {
            if (getStatus() < HttpStatus.BAD_REQUEST.value() && (!isCommitted() || isStream())) {
                awaitDurable(this);
            }
        }

        /** Called after the first flush; later ones send further events. */
        @Override
        protected void disableOnResponseCommitted() {
        }

        private boolean isStream() {
            return getContentType() != null && getContentType().startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
        }
    }
}
