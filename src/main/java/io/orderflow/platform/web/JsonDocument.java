package io.orderflow.platform.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.StorableText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * A body from outside: one JSON object in UTF-8 (RFC 8259). A member that comes twice, bytes after the end or another
 * encoding would mean one thing here and another to whoever sent it.
 */
final class JsonDocument {

    private static final JsonFactory STRICT = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonDocument() {
    }

    /**
     * The names of all members, at whatever depth.
     *
     * @throws Refusal when the body is something else
     */
    static List<String> members(byte[] body) {
        var members = new ArrayList<String>();
        try (JsonParser parser = STRICT.createParser(StorableText.decode(body))) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            while (object && parser.nextToken() != null && !parser.getParsingContext().inRoot()) {
                if (parser.hasToken(JsonToken.FIELD_NAME)) {
                    members.add(parser.currentName());
                }
            }
            if (!object || parser.nextToken() != null || !members.stream().allMatch(StorableText::isStorable)) {
                throw malformed(parser.currentLocation());
            }
        } catch (CharacterCodingException otherEncoding) {
            throw malformed(null);
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed.getLocation());
        } catch (IOException e) {
            throw new IllegalStateException("Text can always be read", e);
        }
        return members;
    }

    private static Refusal malformed(JsonLocation location) {
        return new Refusal(Refusal.Kind.MALFORMED, "malformed_json", "The body is not one JSON object in UTF-8 that "
                + "has each member once%s.".formatted(location == null ? "" : ": see line %s, column %s".formatted(
                        location.getLineNr(), location.getColumnNr())));
    }
}
