package io.orderflow.platform.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.StorableText;
import java.io.IOException;
import org.springframework.boot.jackson.JsonComponent;

/** Text as it stands in quotes: neither numbers nor booleans are taken for it, nor what no store can hold. */
@JsonComponent
class PlainText extends StdScalarDeserializer<String> {

    PlainText() {
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
                    "Text has no control characters but tab and line breaks, and no half characters.");
        }
        return text;
    }
}
