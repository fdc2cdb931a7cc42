package io.orderflow.platform.web;

import io.orderflow.platform.spi.Retired;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Page;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.Versioned;
import io.orderflow.shared.WaitPreference;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** Describes the headers that {@code platform} reads and writes for a method because of its types. */
final class ApiHeaders implements OperationCustomizer {

    /** Two methods of one path are one operation, which comes here once for each of them. */
    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        operation.setTags(List.of(ClassUtils.getShortName(method.getBeanType().getPackageName())));
        if (operation.getParameters() == null) {
            operation.setParameters(new ArrayList<>());
        }
        if (method.getMethodAnnotation(Retired.class) != null) {
            operation.setDeprecated(true);
        }
        if (takes(method, RequestIdentity.class)) {
            describeCreation(operation);
        }
        if (takes(method, ExpectedVersion.class)) {
            header(operation, HttpHeaders.IF_MATCH, "The ETag of what you decided on: 412 when it has changed since.");
        }
        if (takes(method, WaitPreference.class)) {
            header(operation, WaitPreferenceArgumentResolver.PREFER,
                    "wait=10: answer once there is news, at the latest after so many seconds.");
        }
        describeAnswer(operation, ResolvableType.forMethodReturnType(method.getMethod()));
        return operation;
    }

    private static boolean takes(HandlerMethod method, Class<?> type) {
        return Arrays.asList(method.getMethod().getParameterTypes()).contains(type);
    }

    private static void describeCreation(Operation operation) {
        ApiResponse success = operation.getResponses().remove("200");
        if (success != null) {
            operation.getResponses().addApiResponse("201", success.description("Created"));
        }
        header(operation, IdempotencyKey.HEADER, "A new one for each new request, the same one for a repetition.")
                .required(true).setSchema(new StringSchema().minLength(1).maxLength(IdempotencyKey.LONGEST)
                        .pattern("^[\\x20-\\x7E]+$"));
        successes(operation).forEach(answer -> answer.addHeaderObject(ReplayMarks.HEADER, described(
                "true when this repeats the answer to an earlier request under the same key.")));
    }

    private static void describeAnswer(Operation operation, ResolvableType type) {
        ResolvableType body = type.hasGenerics() ? type.getGeneric() : type;
        if (body.hasGenerics()) {
            body = body.getGeneric();
        }
        boolean read = operation.getResponses().containsKey("200");
        if (Versioned.class.isAssignableFrom(body.toClass())) {
            successes(operation).forEach(answer -> answer.addHeaderObject(HttpHeaders.ETAG, described(
                    "The version of the resource, for If-None-Match and If-Match.")));
            if (read && !operation.getResponses().containsKey("202")) {
                header(operation, HttpHeaders.IF_NONE_MATCH, "The ETag that you have: 304 while it is the same.");
                operation.getResponses().addApiResponse("304", new ApiResponse().description("You have it already"));
            }
        }
        if (Page.class.isAssignableFrom(body.toClass())) {
            successes(operation).forEach(answer -> answer.addHeaderObject(HttpHeaders.LINK, described(
                    "The first page, and the next one if there is one (RFC 8288).")));
        }
    }

    private static List<ApiResponse> successes(Operation operation) {
        return operation.getResponses().entrySet().stream().filter(answer -> answer.getKey().startsWith("2"))
                .map(Map.Entry::getValue).toList();
    }

    /** The parameter for this header, which springdoc may have found already; optional. */
    private static Parameter header(Operation operation, String name, String description) {
        Parameter header = operation.getParameters().stream().filter(known -> known.getName().equals(name)).findFirst()
                .orElseGet(() -> {
                    var added = new HeaderParameter().name(name);
                    operation.addParametersItem(added);
                    return added;
                });
        return header.description(description).required(false)
                .schema(new StringSchema().maxLength(IdempotencyKey.LONGEST));
    }

    private static Header described(String description) {
        return new Header().description(description).schema(new StringSchema().maxLength(IdempotencyKey.LONGEST));
    }
}
