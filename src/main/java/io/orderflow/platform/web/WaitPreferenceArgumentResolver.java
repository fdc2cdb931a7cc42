package io.orderflow.platform.web;

import io.orderflow.shared.WaitPreference;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a controller the {@link WaitPreference} that its caller states by {@code Prefer} and {@code If-None-Match}. All patience
 * ends when the application stops: who waits is answered before the connections are closed.
 */
@Component
final class WaitPreferenceArgumentResolver implements HandlerMethodArgumentResolver, ApplicationListener<ContextClosedEvent> {

    static final String PREFER = "Prefer";
    private static final String APPLIED = "Preference-Applied";

    private final Set<CompletableFuture<Void>> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == WaitPreference.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request,
            WebDataBinderFactory binders) {
        String[] prefer = request.getHeaderValues(PREFER);
        Duration limit = prefer == null ? Duration.ZERO : PreferWait.of(String.join(",", prefer));
        if (!limit.isZero()) {
            request.getNativeResponse(HttpServletResponse.class).setHeader(APPLIED, "wait=" + limit.toSeconds());
        }
        return new WaitPreference(limit, EntityTag.versions(request.getHeaderValues(HttpHeaders.IF_NONE_MATCH)), over(limit));
    }

    private CompletableFuture<Void> over(Duration limit) {
        var over = new CompletableFuture<Void>();
        if (limit.isZero()) {
            over.complete(null);
            return over;
        }
        waits.add(over);
        over.whenComplete((end, cancelled) -> waits.remove(over));
        if (stopping) {
            over.complete(null);
        }
        return over.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Comes before the server stops to take requests and waits for those that are under way. */
    @Override
    public void onApplicationEvent(ContextClosedEvent stop) {
        stopping = true;
        waits.forEach(over -> over.complete(null));
    }
}
