package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.shared.Caller;
import io.orderflow.shared.RequestIdentity;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** Describes in {@code /openapi.json} what the controllers' signatures cannot say: keys, problems, field names. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String PREFER = "Prefer";
    private static final String KEY = "Idempotency-Key";
    private static final String BASIC = "basic";
    private static final String BEARER = "bearer";
    private static final String CALLBACKS = "/v1/gateway-callbacks/";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(RequestIdentity.class, Caller.class);
    }

    @Bean
    OpenAPI api() {
        return new OpenAPI().components(new Components()
                        .addSecuritySchemes(BASIC, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BASIC))
                        .addSecuritySchemes(BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BEARER)
                                .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList(BASIC))
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .addServersItem(new Server().url("/")).info(new Info().title("Orderflow").version("1")
                .description("Orders, stock, payments and fulfillment. Amounts are minor units, instants are UTC, "
                        + "errors are problem documents (RFC 9457) with a stable code."));
    }

    /** Names fields as the API does, and nested types after the type they stand in. */
    @Bean
    ModelResolver modelResolver(ObjectMapper mapper) {
        return new ModelResolver(mapper, new TypeNameResolver() {
            @Override
            protected String nameForClass(Class<?> type, Set<Options> options) {
                return type.isMemberClass() ? type.getEnclosingClass().getSimpleName() + type.getSimpleName()
                        : super.nameForClass(type, options);
            }
        }).openapi31(true);
    }

    @Bean
    OperationCustomizer conventions() {
        return (operation, method) -> {
            operation.setTags(List.of(ClassUtils.getShortName(method.getBeanType().getPackageName())));
            if (takesIdentity(method)) {
                describeCreation(operation);
            }
            operation.getResponses().addApiResponse("default", new ApiResponse().description("A problem document")
                    .content(new Content().addMediaType(org.springframework.http.MediaType
                            .APPLICATION_PROBLEM_JSON_VALUE, new MediaType().schema(problem()))));
            return operation;
        };
    }

    /** Two methods of one path are one operation, which comes here once for each of them. */
    private static void describeCreation(Operation operation) {
        ApiResponse success = operation.getResponses().remove("200");
        if (success != null) {
            operation.getResponses().addApiResponse("201", success.description("Created"));
        }
        List<Parameter> parameters = operation.getParameters();
        if (parameters == null || parameters.stream().noneMatch(parameter -> parameter.getName().equals(KEY))) {
            operation.addParametersItem(new HeaderParameter().name(KEY).required(true)
                    .description("A new one for each new request, the same one for a repetition.")
                    .schema(new StringSchema().maxLength(255)));
        }
    }

    /** One operation stands for the two methods that place an order, with and without the preference to wait. */
    @Bean
    OpenApiCustomizer optionalPreference() {
        return api -> api.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                .filter(operation -> operation.getParameters() != null).forEach(ApiDescription::relaxPreference);
    }

    /** Gateways sign what they send. */
    @Bean
    OpenApiCustomizer callbacksWithoutCredentials() {
        return api -> api.getPaths().forEach((path, item) -> {
            if (path.startsWith(CALLBACKS)) {
                item.readOperations().forEach(operation -> operation.setSecurity(List.of()));
            }
        });
    }

    private static void relaxPreference(Operation operation) {
        operation.getParameters().removeIf(parameter -> parameter.getName().equals("!" + PREFER));
        operation.getParameters().stream().filter(parameter -> parameter.getName().equals(PREFER)).forEach(
                preference -> preference.required(false).description("wait=10: answer once the outcome is known, at "
                        + "the latest after so many seconds."));
    }

    private static boolean takesIdentity(HandlerMethod method) {
        return Arrays.asList(method.getMethod().getParameterTypes()).contains(RequestIdentity.class);
    }

    private static ObjectSchema problem() {
        var problem = new ObjectSchema();
        for (String field : new String[] {"type", "title", "detail", "instance", Problems.CODE}) {
            problem.addProperty(field, new StringSchema());
        }
        problem.addProperty("status", new IntegerSchema());
        return problem;
    }
}
