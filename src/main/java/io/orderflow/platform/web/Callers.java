package io.orderflow.platform.web;

import io.orderflow.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Tells a controller who asks. */
final class Callers implements HandlerMethodArgumentResolver {

    private static final String SEES_ALL = "STAFF";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request,
            WebDataBinderFactory binders) {
        var http = request.getNativeRequest(HttpServletRequest.class);
        return new Caller(name(http), http.isUserInRole(SEES_ALL));
    }

    /** @throws IllegalStateException at an endpoint that asks who calls and lets everybody call */
    static String name(HttpServletRequest request) {
        if (request.getRemoteUser() == null) {
            throw new IllegalStateException("Nobody has to say who they are at " + request.getRequestURI());
        }
        return request.getRemoteUser();
    }
}
