package io.orderflow.order;

import static io.orderflow.order.Counter.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.inventory.event.StockReceived;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each bad request is answered with a problem that says what is wrong, and leaves no trace. */
@OrderModule
class BadRequestsModuleTest {

    @Autowired
    private TestRestTemplate http;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private EventGateway events;

    private Counter counter;
    private OrderId order;
    private long before;

    @BeforeEach
    void place_an_order() {
        counter = new Counter(http);
        events.publish(new StockReceived(new Sku("BEANS"), "mov_1", new Quantity(100), null));
        order = new OrderId(counter.post("/v1/orders", Counter.order("BEANS")).getBody().path("id").asText());
        before = stored();
    }

    @AfterEach
    void nothing_was_stored() {
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "quantity": 2              | "quantity": null                  | 400 | validation_failed
            "amount": 1800             | "amount": 5000000000001           | 422 | total_too_large
            "amount": 1800             | "amount": 9223372036854775807     | 422 | total_too_large
            "amount": 1800             | "amount": 9223372036854775808     | 400 | invalid_field
            "amount": 1800             | "amount": null                    | 400 | invalid_field
            , "amount": 1800           | ~~                                | 400 | invalid_field
            "amount": 1800             | "amount": 1800, "tax": 19         | 400 | unknown_field
            "EUR",                     | "euro",                           | 422 | unknown_currency
            "sku": "BEANS"             | "sku": null                       | 400 | validation_failed
            "reference": "R-1"         | "reference": " "                  | 400 | validation_failed
            "reference": "R-1",        | ~~                                | 400 | validation_failed
            "id": "c-1",               | ~~                                | 400 | validation_failed
            "method": "tok_ok"         | "method": ""                      | 422 | invalid_payment_method
            "payment"                  | "address": {"city": "X"}, "payment" | 400 | validation_failed
            """)
    void an_order_is_refused(String right, String wrong, int status, String code) {
        expectProblem(counter.post("/v1/orders", Counter.order("BEANS").replace(right, wrong)),
                HttpStatus.valueOf(status), code);
    }

    @Test
    void an_unknown_sku_is_named() {
        var refused = counter.post("/v1/orders", Counter.order("NOT-HERE"));

        assertThat(refused.getBody().path("skus").toString()).isEqualTo("[\"NOT-HERE\"]");
        assertThat(refused.getBody().path("detail").asText()).contains("NOT-HERE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                  | 400 | validation_failed
            {"reason": ""}                      | 400 | validation_failed
            {"reason": "late", "by": "me"}      | 400 | unknown_field
            """)
    void a_cancellation_is_refused(String body, int status, String code) {
        expectProblem(counter.post("/v1/orders/" + order + "/cancellations", body), HttpStatus.valueOf(status), code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                              | 409 | not_confirmed
            {"lines": []}                                   | 400 | validation_failed
            {"lines": [null]}                               | 400 | validation_failed
            {"lines": [{"sku": "BEANS"}]}                   | 400 | validation_failed
            {"lines": [{"sku": "BEANS", "quantity": -1}]}   | 422 | invalid_quantity
            {"carrier": 7}                                  | 400 | invalid_field
            {"carrier": "DHL", "colour": "red"}             | 400 | unknown_field
            """)
    void a_shipment_is_refused(String body, int status, String code) {
        expectProblem(counter.post("/v1/orders/" + order + "/shipments", body), HttpStatus.valueOf(status), code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            too bitter                 | too bitter                      | 409 | not_dispatched
            too bitter                 | ~ ~                             | 400 | validation_failed
            , "reason": "too bitter"   | ~~                              | 400 | validation_failed
            "sku": "BEANS",            | ~~                              | 400 | validation_failed
            "quantity": 1              | "quantity": null                | 400 | validation_failed
            "quantity": 1              | "quantity": -1                  | 422 | invalid_quantity
            , "condition": "restock"   | ~~                              | 400 | validation_failed
            "restock"                  | "eaten"                         | 400 | invalid_field
            "restock"                  | "restock", "colour": "red"      | 400 | unknown_field
            """)
    void a_return_is_refused(String right, String wrong, int status, String code) {
        String good = """
                {"lines": [{"sku": "BEANS", "quantity": 1, "condition": "restock"}], "reason": "too bitter"}""";
        expectProblem(counter.post("/v1/orders/" + order + "/returns", good.replace(right, wrong)),
                HttpStatus.valueOf(status), code);
    }

    @Test
    void nothing_comes_back_in_no_lines() {
        expectProblem(counter.post("/v1/orders/" + order + "/returns", "{\"lines\": [], \"reason\": \"x\"}"),
                HttpStatus.BAD_REQUEST, "validation_failed");
    }

    @Test
    void nothing_is_dispatched_of_an_order_that_does_not_exist() {
        expectProblem(counter.post("/v1/orders/ord_nobody/shipments", "{}"), HttpStatus.NOT_FOUND, "not_found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            waiting_on=godot                        | 400 | invalid_parameter
            sku=two%20words                         | 422 | invalid_sku
            created_to=yesterday                    | 400 | invalid_parameter
            cursor=%25                              | 400 | invalid_cursor
            cursor=Zm9v                             | 400 | invalid_cursor
            cursor=                                 | 400 | invalid_cursor
            """)
    void a_search_is_refused(String criteria, int status, String code) {
        expectProblem(counter.get("/v1/orders?" + criteria), HttpStatus.valueOf(status), code);
    }

    private long stored() {
        return jdbc.sql("SELECT COUNT(*) FROM axon.domain_event_entry").query(Long.class).single();
    }
}
