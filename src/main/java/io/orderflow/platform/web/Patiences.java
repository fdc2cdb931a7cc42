package io.orderflow.platform.web;

import io.orderflow.shared.Patience;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller the {@link Patience} that its caller states by {@code Prefer} and {@code If-None-Match}. */
final class Patiences implements HandlerMethodArgumentResolver {

    static final String PREFER = "Prefer";
    private static final String APPLIED = "Preference-Applied";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Patience.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request,
            WebDataBinderFactory binders) {
        String prefer = request.getHeader(PREFER);
        Duration limit = prefer == null ? Duration.ZERO : PreferWait.of(prefer);
        if (!limit.isZero()) {
            request.getNativeResponse(HttpServletResponse.class).setHeader(APPLIED, "wait=" + limit.toSeconds());
        }
        return new Patience(limit, known(request.getHeader(HttpHeaders.IF_NONE_MATCH)));
    }

    private static Set<Long> known(String tags) {
        return tags == null ? Set.of() : EntityTag.versions(tags).collect(Collectors.toSet());
    }
}
