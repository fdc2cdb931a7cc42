package io.orderflow.platform.web;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Refusal;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller the version that its caller wants to change, from {@code If-Match}. */
final class ExpectedVersions implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ExpectedVersion.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request,
            WebDataBinderFactory binders) {
        String[] tags = request.getHeaderValues(HttpHeaders.IF_MATCH);
        if (tags == null || tags.length == 1 && EntityTag.isAny(tags[0])) {
            return ExpectedVersion.ANY;
        }
        if (tags.length > 1 || tags[0].contains(",")) {
            throw new Refusal(Refusal.Kind.MALFORMED, "invalid_if_match",
                    "Send one ETag in 'If-Match', as this API gave it to you, or '*'.");
        }
        return EntityTag.version(tags[0]).map(ExpectedVersion::new).orElse(ExpectedVersion.NONE);
    }
}
