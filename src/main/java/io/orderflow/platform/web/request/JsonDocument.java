package io.orderflow.platform.web.request;

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
import org.jspecify.annotations.Nullable;

/** One JSON object in UTF-8 (RFC 8259) without repeated members, which two readers would understand differently. */
final class JsonDocument {

    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private JsonDocument() {
    }

    /**
     * The name of the first member, or null when the object has none.
     *
     * @throws Refusal when the body is something else
     */
    static @Nullable String firstMember(byte[] body) {
        try (JsonParser parser = STRICT.createParser(StorableText.decode(body))) {
            boolean valid = parser.nextToken() == JsonToken.START_OBJECT;
            String first = valid ? parser.nextFieldName() : null;
            while (valid && !parser.getParsingContext().inRoot()) {
                valid = !parser.hasToken(JsonToken.FIELD_NAME) || StorableText.isStorable(parser.currentName());
                parser.nextToken();
            }
            if (!valid || parser.nextToken() != null) {
                throw malformed(parser.currentLocation());
            }
            return first;
        } catch (CharacterCodingException otherEncoding) {
            throw malformed(null);
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed.getLocation());
        } catch (IOException e) {
            throw new IllegalStateException("The body is in memory", e);
        }
    }

    private static Refusal malformed(@Nullable JsonLocation location) {
        return new Refusal(Refusal.Kind.MALFORMED, "malformed_json", "The body is not one JSON object in UTF-8 without "
                + "repeated members%s.".formatted(location == null ? "" : ": see line %s, column %s".formatted(
                        location.getLineNr(), location.getColumnNr())));
    }
}
