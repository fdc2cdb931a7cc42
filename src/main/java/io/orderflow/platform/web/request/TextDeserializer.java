package io.orderflow.platform.web.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.StorableText;
import java.io.IOException;
import org.springframework.boot.jackson.JsonComponent;

/** Reads text from JSON strings only, not from numbers and booleans, and only what every store can hold. */
@JsonComponent
class TextDeserializer extends StdScalarDeserializer<String> {

    TextDeserializer() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(String.class, parser);
        }
        String text = parser.getText();
        if (!StorableText.isStorable(text)) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_text",
                    "Text has no control characters except tab and line breaks, and no unpaired surrogates.");
        }
        return text;
    }
}
