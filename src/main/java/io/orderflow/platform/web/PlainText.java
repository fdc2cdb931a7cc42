package io.orderflow.platform.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import io.orderflow.shared.Refusal;
import java.io.IOException;
import org.springframework.boot.jackson.JsonComponent;

/** Text that every store can hold: PostgreSQL refuses NUL, UTF-8 has no half of a surrogate pair. */
@JsonComponent
class PlainText extends StdScalarDeserializer<String> {

    PlainText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = StringDeserializer.instance.deserialize(parser, context);
        if (text != null && text.codePoints().anyMatch(PlainText::isUnwritable)) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_text",
                    "Text has no control characters but tab and line breaks, and no half characters.");
        }
        return text;
    }

    private static boolean isUnwritable(int codePoint) {
        boolean layout = codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
        return Character.isISOControl(codePoint) && !layout
                || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
