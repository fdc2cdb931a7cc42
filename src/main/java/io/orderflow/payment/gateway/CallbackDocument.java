package io.orderflow.payment.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.StorableText;
import java.nio.charset.CharacterCodingException;

/** Parses the body of a verified callback, as strictly as any other body. */
public final class CallbackDocument {

    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private CallbackDocument() {
    }

    /** @throws Refusal when it is not one JSON object in UTF-8 without repeated members */
    public static JsonNode read(byte[] body) {
        try {
            JsonNode callback = JSON.readTree(StorableText.decode(body));
            if (callback.isObject()) {
                return callback;
            }
        } catch (JsonProcessingException | CharacterCodingException malformed) {
            // refused below
        }
        throw new Refusal(Refusal.Kind.MALFORMED, "malformed_json",
                "The callback is not one JSON object in UTF-8 without repeated members.");
    }
}
