package io.orderflow.platform.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Decides on requests that no rule names. An endpoint that somebody forgot to name stays closed; who asks for something
 * that is not there is told so (404, 405, 415), if they are somebody.
 */
final class UnruledRequests implements AuthorizationManager<RequestAuthorizationContext> {

    private static final String API = "/v1/";
    private static final AuthorizationDecision DENIED = new AuthorizationDecision(false);

    private final Supplier<RequestMappingHandlerMapping> endpoints;
    private final AuthorizationManager<RequestAuthorizationContext> somebody =
            AuthorityAuthorizationManager.hasRole(Role.SHOP.name());

    /** @param endpoints not there yet when the rules are made */
    UnruledRequests(Supplier<RequestMappingHandlerMapping> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public AuthorizationResult authorize(Supplier<Authentication> caller, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        return !request.getRequestURI().startsWith(API) || isAnswered(request) ? DENIED
                : somebody.authorize(caller, context);
    }

    @Override
    @Deprecated
    public AuthorizationDecision check(Supplier<Authentication> caller, RequestAuthorizationContext context) {
        return new AuthorizationDecision(authorize(caller, context).isGranted());
    }

    private boolean isAnswered(HttpServletRequest request) {
        ServletRequestPathUtils.parseAndCache(request);
        try {
            return endpoints.get().getHandler(request) != null;
        } catch (ServletException unsupported) {
            // no such method or media type here: the dispatcher comes to the same end
            return false;
        } catch (Exception undecided) {
            return true;
        } finally {
            ServletRequestPathUtils.clearParsedRequestPath(request);
        }
    }
}
