package io.orderflow.platform.security;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.DispatcherType;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may do what, all of it: what no rule names is open to nobody. */
final class AccessRules {

    private final AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules;

    private AccessRules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        this.rules = rules;
    }

    /** @param others decides on what no rule names */
    static void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry registry,
            UnruledRequests others) {
        var rules = new AccessRules(registry);
        rules.ofWhatIsOpen();
        rules.ofShops();
        rules.ofStaff();
        rules.ofAdministrators();
        registry.anyRequest().access(others);
    }

    private void ofWhatIsOpen() {
        // What has been let in goes on inside the application: a later answer, an error page (included in an answer
        // that has begun), a welcome page.
        rules.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD,
                DispatcherType.INCLUDE).permitAll();
        open(GET, "/", "/index.html", "/favicon.ico", "/favicon.svg", "/console/**", "/webjars/**");
        open(GET, "/openapi.json", "/openapi.yaml", "/swagger-ui.html", "/swagger-ui.js");
        open(GET, "/problems", "/problems/**");
        open(GET, "/actuator/health", "/actuator/health/**");
        // Signed by the gateway, and checked by whoever takes them.
        open(POST, "/v1/gateway-callbacks/{gateway}");
    }

    private void ofShops() {
        only(Role.SHOP, GET, "/v1/me", "/v1/projections");
        only(Role.SHOP, POST, "/v1/orders", "/v1/orders/{id}/cancellations", "/v1/orders/{id}/returns");
        only(Role.SHOP, GET, "/v1/orders", "/v1/orders/{id}", "/v1/orders/{id}/timeline", "/v1/orders/{id}/events",
                "/v1/orders/{id}/overview", "/v1/events");
        only(Role.SHOP, GET, "/v1/payments/{id}");
        only(Role.SHOP, GET, "/v1/stock", "/v1/stock/{sku}");
    }

    private void ofStaff() {
        only(Role.STAFF, POST, "/v1/orders/{id}/shipments", "/v1/orders/{id}/returns/{return}/closures");
        only(Role.STAFF, POST, "/v1/payments/{id}/refunds", "/v1/payments/{id}/inquiries",
                "/v1/payments/{id}/operations/{operation}/retries",
                "/v1/payments/{id}/operations/{operation}/settlements");
        only(Role.STAFF, GET, "/v1/stock/{sku}/movements");
        only(Role.STAFF, POST, "/v1/stock/{sku}/receipts", "/v1/stock/{sku}/adjustments");
    }

    private void ofAdministrators() {
        for (HttpMethod method : new HttpMethod[] {GET, POST, DELETE}) {
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

    /** Whoever may see something may ask for its headers alone. */
    private static RequestMatcher matcher(HttpMethod method, String path) {
        var paths = PathPatternRequestMatcher.withDefaults();
        return method == GET ? new OrRequestMatcher(paths.matcher(GET, path), paths.matcher(HEAD, path))
                : paths.matcher(method, path);
    }
}
