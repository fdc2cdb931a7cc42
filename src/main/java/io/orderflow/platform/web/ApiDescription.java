package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.shared.Caller;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitPreference;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes in {@code /openapi.json} what the controllers' signatures cannot say. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final int LONGEST_ID = 64;

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(RequestIdentity.class, Caller.class, ExpectedVersion.class, WaitPreference.class)
                .replaceWithSchema(OrderId.class, id("ord_"))
                .replaceWithSchema(PaymentId.class, id("pay_"))
                .replaceWithSchema(Sku.class, new StringSchema().maxLength(64)
                        .pattern("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"))
                .replaceWithSchema(PaymentMethod.class, new StringSchema().minLength(1).maxLength(128))
                .replaceWithSchema(Quantity.class, new IntegerSchema().format("int32").minimum(BigDecimal.ZERO)
                        .maximum(BigDecimal.valueOf(Quantity.MAX)))
                .replaceWithSchema(JsonNode.class, new ObjectSchema().additionalProperties(true));
    }

    private static Schema<?> id(String prefix) {
        return new StringSchema().maxLength(LONGEST_ID).pattern("^%s.{1,60}$".formatted(prefix));
    }

    @Bean
    OpenAPI api() {
        var server = new Server().url("/").description("This server, in production or in a local sandbox");
        server.addExtension("x-internal", false);
        var api = new OpenAPI().addServersItem(server).info(new Info().title("Orderflow").version("1")
                .description("Orders, stock, payments and fulfillment. Amounts are minor units, instants are UTC, "
                        + "errors are problem documents (RFC 9457) with a stable code.")
                .contact(new Contact().name("The people who run this server"))
                .license(new License().name("Apache 2.0").identifier("Apache-2.0")));
        texts().tags().forEach((name, about) -> api.addTagsItem(new Tag().name(name).description(about)));
        return api;
    }

    @Bean
    ApiTexts texts() {
        return ApiTexts.read();
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
    OperationCustomizer headers() {
        return new ApiHeaders();
    }

    /** The last of all: it looks at what the others have made. */
    @Bean
    OpenApiCustomizer conventions(ApiTexts texts) {
        return api -> {
            new ApiConventions(texts).apply(api);
            new ApiAnswers(texts.nulls()).apply(api);
            new ApiBounds().apply(api);
            examples(api, texts.examples());
        };
    }

    @SuppressWarnings("rawtypes")
    private static void examples(OpenAPI api, Map<String, Object> examples) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        examples.forEach((schema, example) -> {
            if (schemas.containsKey(schema)) {
                schemas.get(schema).example(example);
            }
        });
    }
}
