package io.orderflow.flow;

import io.orderflow.flow.Shop.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every endpoint of a running application, and who may use it. */
final class Endpoints {

    private static final List<String> CALLERS = List.of("nobody", "shop", "staff", "admin");
    /** The least of those who may. */
    private static final String TABLE = """
            nobody POST   /v1/gateway-callbacks/{gateway}
            nobody GET    /openapi.json
            nobody GET    /actuator/health
            nobody GET    /actuator/health/**
            nobody GET    /problems
            nobody GET    /problems/{code}
            shop   GET    /v1/events
            shop   GET    /v1/me
            shop   GET    /v1/orders
            shop   POST   /v1/orders
            shop   GET    /v1/orders/{id}
            shop   GET    /v1/orders/{id}/events
            shop   GET    /v1/orders/{id}/overview
            shop   GET    /v1/orders/{id}/timeline
            shop   POST   /v1/orders/{id}/cancellations
            shop   POST   /v1/orders/{id}/returns
            shop   GET    /v1/payments/{id}
            shop   GET    /v1/projections
            shop   GET    /v1/stock
            shop   GET    /v1/stock/{sku}
            staff  POST   /v1/orders/{id}/returns/{returnId}/closures
            staff  POST   /v1/orders/{id}/shipments
            staff  POST   /v1/payments/{id}/inquiries
            staff  POST   /v1/payments/{id}/operations/{operationId}/retries
            staff  POST   /v1/payments/{id}/operations/{operationId}/settlements
            staff  POST   /v1/payments/{id}/refunds
            staff  GET    /v1/stock/{sku}/movements
            staff  POST   /v1/stock/{sku}/adjustments
            staff  POST   /v1/stock/{sku}/receipts
            admin  POST   /v1/operations/backups
            admin  GET    /v1/operations/dead-letters
            admin  DELETE /v1/operations/dead-letters/{id}
            admin  GET    /v1/operations/dead-letters/{id}
            admin  POST   /v1/operations/dead-letters/{id}/retry
            admin  GET    /v1/operations/deadlines
            admin  GET    /v1/operations/figures
            admin  GET    /v1/operations/gateway-work
            admin  GET    /v1/operations/invariants
            admin  GET    /v1/operations/processors
            admin  GET    /v1/operations/processors/{name}
            admin  POST   /v1/operations/processors/{name}/merge
            admin  POST   /v1/operations/processors/{name}/pause
            admin  GET    /v1/operations/processors/{name}/replay
            admin  POST   /v1/operations/processors/{name}/replay
            admin  POST   /v1/operations/processors/{name}/resume
            admin  POST   /v1/operations/processors/{name}/split
            admin  GET    /v1/operations/reconciliation
            admin  POST   /v1/operations/reconciliation
            admin  GET    /v1/operations/reconciliation/{id}
            admin  GET    /v1/operations/resilience
            admin  GET    /v1/operations/resilience/calls
            admin  GET    /v1/operations/waiting-orders
            admin  POST   /v1/operations/waiting-orders/{orderId}/resume
            admin  GET    /actuator
            admin  GET    /actuator/info
            admin  GET    /actuator/metrics
            admin  GET    /actuator/metrics/{requiredMetricName}
            admin  GET    /actuator/prometheus
            """;

    private final Map<String, String> least = new HashMap<>();
    private final Map<String, List<HandlerMethod>> mapped;

    private Endpoints(Map<String, List<HandlerMethod>> mapped) {
        this.mapped = mapped;
        TABLE.lines().map(line -> line.split(" +")).forEach(line -> least.put(line[1] + ' ' + line[2], line[0]));
    }

    static Endpoints of(RunningOrderflow orderflow) {
        var mapped = new TreeMap<String, List<HandlerMethod>>();
        orderflow.beans(RequestMappingInfoHandlerMapping.class).forEach(mapping ->
                mapping.getHandlerMethods().forEach((endpoint, handler) -> names(endpoint).forEach(name ->
                        mapped.computeIfAbsent(name, first -> new ArrayList<>()).add(handler))));
        return new Endpoints(mapped);
    }

    private static Stream<String> names(RequestMappingInfo endpoint) {
        var methods = endpoint.getMethodsCondition().getMethods();
        return endpoint.getPatternValues().stream().flatMap(path -> methods.isEmpty() ? Stream.of("* " + path)
                : methods.stream().map(method -> method + " " + path));
    }

    /** Each as {@code <method> <path>}. */
    Set<String> mapped() {
        return mapped.keySet();
    }

    /** More than one when headers tell them apart. */
    List<HandlerMethod> handlers(String endpoint) {
        return mapped.get(endpoint);
    }

    Set<String> named() {
        return new TreeSet<>(least.keySet());
    }

    boolean mayUse(String endpoint, String caller) {
        int rank = CALLERS.indexOf(least.get(endpoint));
        return rank >= 0 && CALLERS.indexOf(caller) >= rank;
    }

    /** Asks without the body or the key that would make it do anything, and about things that are not there. */
    Answer ask(String endpoint, Shop caller) {
        String[] words = endpoint.split(" ");
        String method = words[0].equals("*") ? "GET" : words[0];
        String path = words[1].replace("/orders/{id}", "/orders/ord_none").replace("{orderId}", "ord_none")
                .replace("/payments/{id}", "/payments/pay_none").replace("**", "liveness")
                .replaceAll("\\{\\w+}", "NONE");
        return caller.send(caller.request(path).method(method, BodyPublishers.noBody()));
    }
}
