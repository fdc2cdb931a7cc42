package io.orderflow.payment.callback;

import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes the gateway's callbacks and acknowledges them once they are stored; {@link CallbackWorker} follows them. */
@RestController
@RequestMapping("/v1/gateway-callbacks")
class CallbackController {

    private final PaymentGateway gateway;
    private final CallbackRows callbacks;
    private final Clock clock;

    CallbackController(PaymentGateway gateway, CallbackRows callbacks, Clock clock) {
        this.gateway = gateway;
        this.callbacks = callbacks;
        this.clock = clock;
    }

    @PostMapping("/{gateway}")
    ResponseEntity<Void> take(@PathVariable("gateway") String name, @RequestBody byte[] body,
            HttpServletRequest request) {
        if (!name.equals(gateway.name())) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_gateway",
                    "There is no gateway '%s' here; in use is '%s'.".formatted(name, gateway.name()));
        }
        gateway.read(body, request::getHeader).ifPresent(notice -> callbacks.add(name, notice, clock.instant()));
        return ResponseEntity.noContent().build();
    }
}
