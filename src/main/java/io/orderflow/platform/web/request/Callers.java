package io.orderflow.platform.web.request;

import io.orderflow.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;

/** Reads the authenticated caller of a request. */
final class Callers {

    private static final String SEES_ALL = "STAFF";

    private Callers() {
    }

    static Caller of(HttpServletRequest request) {
        return new Caller(name(request), request.isUserInRole(SEES_ALL));
    }

    /** @throws IllegalStateException when an endpoint without authentication needs its caller */
    static String name(HttpServletRequest request) {
        if (request.getRemoteUser() == null) {
            throw new IllegalStateException("No authentication is required at " + request.getRequestURI());
        }
        return request.getRemoteUser();
    }
}
