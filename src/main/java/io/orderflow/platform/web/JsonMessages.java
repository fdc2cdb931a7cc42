package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;

/** Reads and writes {@code application/json} and no relative of it, but problems and what Actuator adds for its own types. */
final class JsonMessages extends MappingJackson2HttpMessageConverter {

    JsonMessages(ObjectMapper mapper) {
        super(strict(mapper));
        setSupportedMediaTypes(List.of(MediaType.APPLICATION_JSON));
    }

    /** Jackson takes a blank text for a number that was left out, whatever else it may not coerce. */
    private static ObjectMapper strict(ObjectMapper mapper) {
        ObjectMapper strict = mapper.copy();
        strict.coercionConfigDefaults().setAcceptBlankAsEmpty(false);
        strict.registerModule(new SimpleModule().setDeserializerModifier(new PlainEnumerations()));
        return strict;
    }

    @Override
    public boolean canWrite(Class<?> type, MediaType mediaType) {
        return super.canWrite(type, null) && (mediaType == null
                || getSupportedMediaTypes(type).stream().anyMatch(supported -> supported.isCompatibleWith(mediaType)));
    }
}
