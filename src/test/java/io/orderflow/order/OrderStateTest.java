package io.orderflow.order;

import static io.orderflow.order.Orders.BEANS;
import static io.orderflow.order.Orders.ORDER;
import static io.orderflow.order.Orders.units;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.order.event.OrderWaits;
import io.orderflow.order.query.CancellationView;
import io.orderflow.order.query.ReturnView.Status;
import io.orderflow.order.query.ShipmentView;
import io.orderflow.shared.Money;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored of an order, in snapshots and in repeated answers. */
class OrderStateTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new ParameterNamesModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();

    private static final WaitingOn REFUND_FAILED = new WaitingOn(Code.REFUND_FAILED, Orders.NOON, null);

    @Test
    void brings_back_every_field_of_an_order() throws Exception {
        var order = new Order();
        order.on(Orders.placed());
        order.on(Orders.confirmed());
        order.on(Orders.cancellationRequested());
        order.on(Orders.dispatchedCup());
        order.on(Orders.returned("ret_1", 1000, Orders.broken(Orders.CUP, 1)));
        order.on(new OrderWaiting(ORDER, new OrderWaits(Orders.DISPATCH, REFUND_FAILED)));

        String stored = JSON.writeValueAsString(order);

        assertThat(JSON.readTree(stored)).isEqualTo(JSON.readTree("""
                {"orderId": "ord_1", "status": "dispatched", "request": "request",
                 "placed": {"total": {"currency": "EUR", "amount": 4600}, "placedAt": "2026-03-02T12:00:00Z",
                            "waitingOn": {"party": "stock", "code": "stock_reservation",
                                          "since": "2026-03-02T12:00:00Z", "deadline": "2026-03-02T12:05:00Z"}},
                 "lines": {"prices": {"BEANS": {"currency": "EUR", "amount": 1800},
                                       "CUP": {"currency": "EUR", "amount": 1000}},
                            "open": {"BEANS": 2, "CUP": 0}},
                 "waits": {"fulfillment": {"party": "staff", "code": "dispatch", "since": "2026-03-02T12:00:00Z",
                                           "deadline": "2026-03-04T12:00:00Z"},
                           "afterSales": {"party": "staff", "code": "refund_failed", "since": "2026-03-02T12:00:00Z",
                                          "deadline": null}},
                 "returns": {"out": {"CUP": 0}, "open": ["ret_1"], "answers": {"ret_1": {
                               "id": "ret_1", "orderId": "ord_1", "reason": "too bitter", "status": "open",
                               "lines": [{"sku": "CUP", "quantity": 1, "condition": "damaged"}],
                               "value": {"currency": "EUR", "amount": 1000},
                               "returnedAt": "2026-03-02T12:00:00Z"}}},
                 "cancellation": {"orderId": "ord_1", "reason": "changed my mind",
                                  "requestedAt": "2026-03-02T12:00:00Z"},
                 "shipments": {"shp_cup": {"id": "shp_cup", "orderId": "ord_1", "carrier": "DHL",
                               "trackingNumber": "42", "lines": [{"sku": "CUP", "quantity": 1}],
                               "value": {"currency": "EUR", "amount": 1000},
                               "dispatchedAt": "2026-03-02T12:00:00Z"}}}"""));
        assertThat(JSON.readValue(stored, Order.class)).usingRecursiveComparison().isEqualTo(order);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void can_repeat_an_answer(Object answer) throws Exception {
        assertThat(JSON.readValue(JSON.writeValueAsString(answer), answer.getClass())).isEqualTo(answer);
    }

    static List<Object> answers() {
        var value = new Money("EUR", 3600);
        return List.of(new PlaceOrderResult(value, Orders.RESERVATION, Orders.NOON), new CancellationView(ORDER, "too slow", Orders.NOON),
                new ShipmentView("shp_1", ORDER, List.of(units(BEANS, 2)), "DHL", null, value, Orders.NOON),
                Orders.returnView("ret_1", Status.CLOSED, 3600, Orders.good(BEANS, 2)));
    }
}
