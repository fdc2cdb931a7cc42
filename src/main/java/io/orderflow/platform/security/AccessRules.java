package io.orderflow.platform.security;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** The authorization of every endpoint. An endpoint without a rule is closed to all. */
final class AccessRules {

    private static final String API = "/v1/";

    private final AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules;

    private AccessRules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        this.rules = rules;
    }

    /** @param endpoints created after the rules */
    static void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry registry,
            Supplier<RequestMappingHandlerMapping> endpoints) {
        var rules = new AccessRules(registry);
        rules.forAnybody();
        rules.forShops();
        rules.forStaff();
        rules.forAdministrators();
        // 404, 405 and 415 are for callers with a role
        registry.anyRequest().access((caller, context) -> new AuthorizationDecision(
                Role.of(caller.get().getAuthorities()).contains(Role.SHOP)
                        && context.getRequest().getRequestURI().startsWith(API)
                        && !hasEndpoint(context.getRequest(), endpoints.get())));
    }

    private void forAnybody() {
        // Dispatches inside the application, of requests that have been authorized: later answers and the welcome page
        rules.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.FORWARD).permitAll();
        open(GET, "/", "/index.html", "/favicon.ico", "/favicon.svg", "/console/**", "/webjars/**");
        open(GET, "/openapi.json", "/openapi.yaml", "/swagger-ui.html", "/swagger-ui.js");
        open(GET, "/problems", "/problems/**");
        open(GET, "/actuator/health", "/actuator/health/**");
        // The controller verifies the gateway's signature
        open(POST, "/v1/gateway-callbacks/{gateway}");
    }

    private void forShops() {
        only(Role.SHOP, GET, "/v1/me", "/v1/projections");
        only(Role.SHOP, POST, "/v1/orders", "/v1/orders/{id}/cancellations", "/v1/orders/{id}/returns");
        only(Role.SHOP, GET, "/v1/orders", "/v1/orders/{id}", "/v1/orders/{id}/timeline", "/v1/orders/{id}/events",
                "/v1/orders/{id}/overview", "/v1/events");
        only(Role.SHOP, GET, "/v1/payments/{id}");
        only(Role.SHOP, GET, "/v1/stock", "/v1/stock/{sku}");
    }

    private void forStaff() {
        only(Role.STAFF, POST, "/v1/orders/{id}/shipments", "/v1/orders/{id}/returns/{return}/closures");
        only(Role.STAFF, POST, "/v1/payments/{id}/refunds", "/v1/payments/{id}/inquiries",
                "/v1/payments/{id}/operations/{operation}/retries",
                "/v1/payments/{id}/operations/{operation}/settlements");
        only(Role.STAFF, GET, "/v1/stock/{sku}/movements");
        only(Role.STAFF, POST, "/v1/stock/{sku}/receipts", "/v1/stock/{sku}/adjustments");
    }

    private void forAdministrators() {
        for (HttpMethod method : List.of(GET, POST, DELETE)) {
            only(Role.ADMIN, method, "/v1/operations/**", "/actuator", "/actuator/**");
        }
    }

    private void open(HttpMethod method, String... paths) {
        for (String path : paths) {
            rules.requestMatchers(matcher(method, path)).permitAll();
        }
    }

    private void only(Role role, HttpMethod method, String... paths) {
        for (String path : paths) {
            rules.requestMatchers(matcher(method, path)).hasRole(role.name());
        }
    }

    /** A rule for GET is one for HEAD, too. */
    private static RequestMatcher matcher(HttpMethod method, String path) {
        var paths = PathPatternRequestMatcher.withDefaults();
        return method == GET ? new OrRequestMatcher(paths.matcher(GET, path), paths.matcher(HEAD, path))
                : paths.matcher(method, path);
    }

    private static boolean hasEndpoint(HttpServletRequest request, RequestMappingHandlerMapping endpoints) {
        ServletRequestPathUtils.parseAndCache(request);
        try {
            return endpoints.getHandler(request) != null;
        } catch (ServletException unsupported) {
            return false;
        } catch (Exception undecided) {
            return true;
        } finally {
            ServletRequestPathUtils.clearParsedRequestPath(request);
        }
    }
}
