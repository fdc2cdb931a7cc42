package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeds changes into the committed description, and looks which are seen as breaks. */
class ApiChangesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /components/schemas/Order/properties                  | -reference | ~~ | GET /v1/orders 200.items[].reference is gone
            /components/schemas/NewOrder/properties          | -address | ~~ | POST /v1/orders body.address is gone
            /components/schemas/NewOrder                     | required | ["reference","customer","currency","lines","payment","address"] | POST /v1/orders body.address is required
            /components/schemas/StockItem/properties                  | on_hand | {"type":"string"} | GET /v1/orders/{id}/overview 200.stock[].on_hand has another type
            /components/schemas/NewOrder/properties/reference | maxLength | 32 | POST /v1/orders body.reference has a lower maxLength
            /components/schemas/NewOrder/properties/reference | minLength | 3 | POST /v1/orders body.reference has a higher minLength
            /components/schemas/Sku                                    | pattern | "[A-Z]*" | GET /v1/orders parameter sku has another pattern
            /components/schemas/OptionalText                           | type | "string" | POST /v1/orders/{id}/shipments body.carrier has another type
            /components/schemas/OrderPage/properties/items             | type | ["array", "null"] | GET /v1/orders 200.items has another type
            /components/schemas/ReturnLine/properties/condition | enum | ["restock"] | POST /v1/orders/{id}/returns body.lines[].condition allows fewer values
            /paths                                                    | -/v1/stock | ~~ | GET /v1/stock is gone
            /paths/~1v1~1stock/get/responses                          | -200 | ~~ | GET /v1/stock answers 200 no more
            /paths/~1v1~1stock/get                                    | parameters | [{"name":"site","in":"query","required":true}] | GET /v1/stock parameter site is required
            /paths/~1v1~1stock/get                                    | parameters | [] | GET /v1/stock parameter cursor is gone
            """)
    void sees_what_breaks_callers(String place, String what, String value, String found) throws Exception {
        JsonNode changed = committed();
        var object = (ObjectNode) changed.at(place);
        if (what.startsWith("-")) {
            assertThat(object.remove(what.substring(1))).as("there is something to remove").isNotNull();
        } else {
            object.set(what, JSON.readTree(value));
        }

        assertThat(ApiChanges.breaking(committed(), changed)).contains(found);
    }

    @Test
    void sees_no_break_in_what_is_added() throws Exception {
        JsonNode changed = committed();
        ((ObjectNode) changed.at("/components/schemas/Order/properties"))
                .set("colour", JSON.readTree("{\"type\":\"string\"}"));
        ((ObjectNode) changed.at("/components/schemas/NewOrder/properties"))
                .set("note", JSON.readTree("{\"type\":\"string\"}"));
        ((ObjectNode) changed.path("paths"))
                .set("/v1/new", JSON.readTree("{\"get\":{\"responses\":{}}}"));

        assertThat(ApiChanges.breaking(committed(), changed)).isEmpty();
    }

    private static JsonNode committed() {
        return PublishedApi.document();
    }
}
