package io.orderflow.platform.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Says of every text, number and list how long or large it can be, where the types do not say it: text has no control
 * characters, since none is let in, and nothing outgrows the store's columns.
 */
@SuppressWarnings("rawtypes")
final class ApiBounds {

    private static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_INSTANT = 40;
    private static final int LONGEST_LIST = 10_000;
    private static final String PLAIN = "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F]*$";

    void apply(OpenAPI api) {
        api.getComponents().getSchemas().values().forEach(this::bound);
        answers(api.getComponents().getResponses().values());
        api.getPaths().values().stream().flatMap(path -> path.readOperations().stream()).forEach(operation -> {
            operation.getParameters().stream().map(Parameter::getSchema).forEach(this::bound);
            answers(operation.getResponses().values());
            if (operation.getRequestBody() != null) {
                content(operation.getRequestBody().getContent());
            }
        });
    }

    private void answers(Collection<ApiResponse> answers) {
        for (ApiResponse answer : answers) {
            content(answer.getContent());
            if (answer.getHeaders() != null) {
                answer.getHeaders().values().stream().map(Header::getSchema).forEach(this::bound);
            }
        }
    }

    private void content(Content content) {
        if (content != null) {
            content.values().stream().map(MediaType::getSchema).forEach(this::bound);
        }
    }

    private void bound(Schema<?> schema) {
        if (schema == null || schema.get$ref() != null) {
            return;
        }
        switch (type(schema)) {
            case "string" -> boundText(schema);
            case "integer" -> boundNumber(schema);
            case "array" -> {
                schema.setMaxItems(schema.getMaxItems() == null ? LONGEST_LIST : schema.getMaxItems());
                bound(schema.getItems());
            }
            default -> boundMembers(schema);
        }
    }

    private void boundMembers(Schema<?> schema) {
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(this::bound);
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> others) {
            bound(others);
        }
    }

    private static void boundText(Schema<?> schema) {
        boolean formed = schema.getFormat() != null || schema.getPattern() != null;
        if (schema.getEnum() != null) {
            return;
        }
        if (schema.getMaxLength() == null) {
            schema.setMaxLength("date-time".equals(schema.getFormat()) ? LONGEST_INSTANT : LONGEST_TEXT);
        }
        if (!formed) {
            schema.setPattern(PLAIN);
        }
    }

    private static void boundNumber(Schema<?> schema) {
        boolean small = !"int64".equals(schema.getFormat());
        if (schema.getFormat() == null) {
            schema.setFormat("int32");
        }
        if (schema.getMinimum() == null) {
            schema.setMinimum(BigDecimal.valueOf(small ? Integer.MIN_VALUE : Long.MIN_VALUE));
        }
        if (schema.getMaximum() == null) {
            schema.setMaximum(BigDecimal.valueOf(small ? Integer.MAX_VALUE : Long.MAX_VALUE));
        }
    }

    private static String type(Schema<?> schema) {
        Stream<String> types = schema.getTypes() == null ? Stream.ofNullable(schema.getType())
                : schema.getTypes().stream().filter(type -> !type.equals("null"));
        return types.findFirst().orElse("");
    }
}
