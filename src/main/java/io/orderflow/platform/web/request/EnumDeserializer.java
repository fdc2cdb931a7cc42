package io.orderflow.platform.web.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;

/** Refuses enumeration values with blanks around them, which Jackson ignores. */
final class EnumDeserializer extends DelegatingDeserializer {

    private static final long serialVersionUID = 1;

    EnumDeserializer(JsonDeserializer<?> jackson) {
        super(jackson);
    }

    /** Applies this to every enumeration. */
    static final class Modifier extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1;

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(DeserializationConfig config, JavaType type,
                BeanDescription description, JsonDeserializer<?> jackson) {
            return new EnumDeserializer(jackson);
        }
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> jackson) {
        return new EnumDeserializer(jackson);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING) && !parser.getText().equals(parser.getText().trim())) {
            return context.handleWeirdStringValue(handledType(), parser.getText(), "has blanks around it");
        }
        return super.deserialize(parser, context);
    }
}
