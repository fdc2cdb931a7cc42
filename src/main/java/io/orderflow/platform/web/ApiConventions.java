package io.orderflow.platform.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;

/** What every operation has in common: its words, who may ask, how it is limited and how it fails. */
final class ApiConventions {

    private static final String CALLBACKS = "/v1/gateway-callbacks/";
    /** A count of stock says what it replaces; whoever corrects stock otherwise need not. */
    private static final String NEEDS_VERSION = "/adjustments";
    /** What was told last may be unknown here. */
    private static final String STREAMED = "/events";
    private static final String BASIC = "basic";
    private static final String BEARER = "bearer";
    private static final String SIGNATURE = "signature";
    private static final String PROBLEM = "Problem";
    private static final List<String> WRITES = List.of("POST", "PUT", "PATCH");

    /** The answers of failure, by status: what is said of each, and the name under which it is kept. */
    private static final Map<String, String[]> FAILURES = new TreeMap<>(Map.ofEntries(
            failure("400", "BadRequest", "The request has not the form that it must have"),
            failure("401", "Unauthenticated", "The credentials are missing or wrong"),
            failure("403", "Forbidden", "The caller may not do this"),
            failure("404", "NotFound", "There is no such thing"),
            failure("406", "NotAcceptable", "There is no answer of a type that the caller takes"),
            failure("409", "Conflict", "The request does not fit the present state"),
            failure("412", "Stale", "The resource has changed since the caller read it"),
            failure("413", "BodyTooLarge", "The body is larger than bodies may be"),
            failure("414", "AddressTooLong", "The address is longer than addresses may be"),
            failure("415", "UnsupportedBody", "The body is of another type than is understood"),
            failure("422", "Invalid", "The request can never be granted as it stands"),
            failure("428", "VersionRequired", "The request has to say which version of the resource it means"),
            failure("429", "RateLimited", "The caller sends too much; Retry-After says when to go on"),
            failure("431", "HeadersTooLarge", "The headers are larger than headers may be"),
            failure("500", "InternalError", "This should not have happened"),
            failure("503", "Unavailable", "Try again after the seconds in Retry-After")));

    private final ApiTexts texts;

    ApiConventions(ApiTexts texts) {
        this.texts = texts;
    }

    private static Map.Entry<String, String[]> failure(String status, String name, String description) {
        return Map.entry(status, new String[] {name, description});
    }

    void apply(OpenAPI api) {
        components(api.getComponents());
        api.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
            // springdoc takes the condition that a header is absent for a header
            operation.getParameters().removeIf(parameter -> parameter.getName().startsWith("!"));
            words(operation, method.name() + ' ' + path);
            security(operation, path);
            failures(operation, path, method.name());
            operation.getResponses().entrySet().stream().filter(answer -> answer.getKey().startsWith("2"))
                    .forEach(answer -> limited(answer.getValue()));
        }));
    }

    private void words(Operation operation, String where) {
        ApiTexts.Text text = texts.operations().get(where);
        if (text != null) {
            operation.operationId(text.id()).summary(text.summary()).description(text.description());
        }
    }

    private static void security(Operation operation, String path) {
        if (path.startsWith(CALLBACKS)) {
            operation.addSecurityItem(new SecurityRequirement().addList(SIGNATURE));
        } else {
            operation.addSecurityItem(new SecurityRequirement().addList(BASIC))
                    .addSecurityItem(new SecurityRequirement().addList(BEARER));
        }
    }

    private static void failures(Operation operation, String path, String method) {
        FAILURES.forEach((status, failure) -> {
            boolean possible = switch (status) {
                case "404" -> path.contains("{");
                case "409" -> path.endsWith(STREAMED) || WRITES.contains(method) || method.equals("DELETE");
                case "413", "422" -> WRITES.contains(method) || method.equals("DELETE");
                case "412" -> operation.getParameters().stream()
                        .anyMatch(parameter -> parameter.getName().equals(HttpHeaders.IF_MATCH));
                case "415" -> operation.getRequestBody() != null;
                case "428" -> path.endsWith(NEEDS_VERSION);
                default -> true;
            };
            if (possible) {
                operation.getResponses().addApiResponse(status,
                        new ApiResponse().$ref("#/components/responses/" + failure[0]));
            }
        });
    }

    private static void components(Components components) {
        components.addSecuritySchemes(BASIC, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BASIC)
                .description("A user of this server"));
        components.addSecuritySchemes(BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BEARER)
                .bearerFormat("JWT").description("A token of the configured issuer; validated as RFC8725 demands"));
        components.addSecuritySchemes(SIGNATURE, new SecurityScheme().type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER).name("Stripe-Signature")
                .description("The gateway's signature; of the sandbox, Sandbox-Signature"));
        components.addSchemas(PROBLEM, problem());
        FAILURES.forEach((status, failure) -> {
            var answer = limited(new ApiResponse().description(failure[1]).content(new Content().addMediaType(
                    org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                    new MediaType().schema(new Schema<>().$ref(PROBLEM)))));
            if (status.equals("429") || status.equals("503")) {
                answer.addHeaderObject(HttpHeaders.RETRY_AFTER, new Header().description("Seconds to wait")
                        .schema(new IntegerSchema()));
            }
            if (status.equals("412")) {
                answer.addHeaderObject(HttpHeaders.ETAG, header("The present version"));
            }
            components.addResponses(failure[0], answer);
        });
    }

    private static ApiResponse limited(ApiResponse answer) {
        return answer.addHeaderObject(RateLimits.LIMIT, header("What is left, and for how many seconds"))
                .addHeaderObject(RateLimits.POLICY, header("How many requests are allowed in how many seconds"));
    }

    private static Header header(String description) {
        return new Header().description(description).schema(new StringSchema());
    }

    private static Schema<?> problem() {
        Schema<Object> problem = new Schema<>();
        problem.addType("object");
        problem.description("A problem document (RFC 9457); a code may add members of its own")
                .addProperty("type", new StringSchema().format("uri-reference"))
                .addProperty("title", new StringSchema()).addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty(Problems.CODE, new StringSchema().pattern("^[a-z_]{1,64}$"))
                .additionalProperties(true);
        problem.setRequired(List.of("type", "status", Problems.CODE));
        return problem;
    }
}
