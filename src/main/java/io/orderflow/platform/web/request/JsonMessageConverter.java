package io.orderflow.platform.web.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;

/** Reads and writes {@code application/json} only, besides problem documents and the types of Actuator. */
final class JsonMessageConverter extends MappingJackson2HttpMessageConverter {

    JsonMessageConverter(ObjectMapper mapper) {
        super(strict(mapper));
        setSupportedMediaTypes(List.of(MediaType.APPLICATION_JSON));
    }

    /** Jackson reads blank text as null, whatever else it must not coerce. */
    private static ObjectMapper strict(ObjectMapper mapper) {
        ObjectMapper strict = mapper.copy();
        strict.coercionConfigDefaults().setAcceptBlankAsEmpty(false);
        strict.registerModule(new SimpleModule().setDeserializerModifier(new EnumDeserializer.Modifier()));
        return strict;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return super.canWrite(type, null) && (mediaType == null
                || getSupportedMediaTypes(type).stream().anyMatch(supported -> supported.isCompatibleWith(mediaType)));
    }
}
