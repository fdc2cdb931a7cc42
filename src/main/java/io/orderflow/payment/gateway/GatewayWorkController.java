package io.orderflow.payment.gateway;

import io.orderflow.payment.query.GatewayWorkView;
import io.orderflow.payment.query.ListGatewayWork;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.concurrent.TimeUnit;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for the payment gateway, and whether it is being called. */
@RestController
@RequestMapping("/v1/operations/gateway-work")
class GatewayWorkController {

    private static final int QUERY_SECONDS = 5;

    private final QueryGateway queries;

    GatewayWorkController(QueryGateway queries) {
        this.queries = queries;
    }

    @GetMapping
    GatewayWorkView list(@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return queries.query(new ListGatewayWork(limit), ResponseTypes.instanceOf(GatewayWorkView.class))
                .orTimeout(QUERY_SECONDS, TimeUnit.SECONDS).join();
    }
}
