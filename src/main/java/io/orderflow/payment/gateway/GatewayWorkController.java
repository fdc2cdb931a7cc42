package io.orderflow.payment.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists what waits for the payment gateway. */
@RestController
@RequestMapping("/v1/operations/gateway-work")
class GatewayWorkController {

    private final WaitingOperations operations;

    GatewayWorkController(WaitingOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    GatewayWorkView list(@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return operations.oldest(limit);
    }
}
