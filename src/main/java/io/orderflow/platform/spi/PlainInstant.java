package io.orderflow.platform.spi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.springframework.boot.jackson.JsonComponent;

/** Reads an instant from the JSON of a request or a gateway's answer: an RFC 3339 string, never a number. */
@JsonComponent
public class PlainInstant extends StdScalarDeserializer<Instant> {

    private static final long serialVersionUID = 1L;

    public PlainInstant() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(Instant.class, parser);
        }
        try {
            return StorableInstant.parse(parser.getText());
        } catch (DateTimeException malformed) {
            return (Instant) context.handleWeirdStringValue(Instant.class, parser.getText(), "not an instant");
        }
    }
}
