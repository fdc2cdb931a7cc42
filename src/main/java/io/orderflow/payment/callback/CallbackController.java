package io.orderflow.payment.callback;

import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes what gateways tell us by themselves; answered only once it is kept. */
@RestController
@RequestMapping("/v1/gateway-callbacks")
class CallbackController {

    private final PaymentGateway gateway;
    private final Callbacks callbacks;

    CallbackController(PaymentGateway gateway, Callbacks callbacks) {
        this.gateway = gateway;
        this.callbacks = callbacks;
    }

    @PostMapping("/{gateway}")
    ResponseEntity<Void> take(@PathVariable("gateway") String name, @RequestBody byte[] body,
            HttpServletRequest request) {
        if (!name.equals(gateway.name())) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_gateway",
                    "There is no gateway '%s' here; in use is '%s'.".formatted(name, gateway.name()));
        }
        gateway.read(body, request::getHeader).ifPresent(callbacks::keep);
        return ResponseEntity.noContent().build();
    }
}
