package io.orderflow.payment;

import io.orderflow.payment.command.RefundPayment;
import io.orderflow.payment.command.RetryOperation;
import io.orderflow.payment.command.SettleByHand;
import io.orderflow.payment.gateway.GatewayQueue;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.payment.query.RefundView;
import io.orderflow.platform.spi.WaitPreference;
import io.orderflow.shared.Caller;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.RequestIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Shows and refunds payments, and retries or settles what the gateway refused. */
@RestController
@RequestMapping("/v1/payments/{id}")
class PaymentController {

    private static final int COMMAND_SECONDS = 10;
    private static final String RETRY_SECONDS = "1";

    private final CommandGateway commands;
    private final PaymentAnswers answers;
    private final GatewayQueue queue;

    PaymentController(CommandGateway commands, PaymentAnswers answers, GatewayQueue queue) {
        this.commands = commands;
        this.answers = answers;
        this.queue = queue;
    }

    /**
     * @param amount left out for all that is left to pay back
     */
    record RefundRequest(Money amount, @NotBlank @CodePointLength(max = 500) String reason) {
    }

    /** @param note how it was settled */
    record SettlementRequest(@NotBlank @CodePointLength(max = 500) String note) {
    }

    /** The operation that is responsible from now on. */
    record OperationReceipt(PaymentId paymentId, String operationId) {
    }

    @GetMapping
    PaymentView payment(@PathVariable PaymentId id, Caller caller) {
        return answers.get(id, caller);
    }

    @GetMapping(headers = {"Prefer", "If-None-Match"})
    Mono<PaymentView> paymentChanged(@PathVariable PaymentId id, Caller caller, WaitPreference preference) {
        return answers.changed(id, caller, preference);
    }

    @PostMapping("/refunds")
    ResponseEntity<RefundView> refund(@PathVariable PaymentId id, @Valid @RequestBody RefundRequest body,
            RequestIdentity request, ExpectedVersion expected) {
        return created(id).body(send(new RefundPayment(id, request.id("ref_"), body.amount(), body.reason(),
                expected, null)));
    }

    @PostMapping("/operations/{operationId}/retries")
    ResponseEntity<OperationReceipt> retry(@PathVariable PaymentId id, @PathVariable String operationId,
            RequestIdentity request, ExpectedVersion expected) {
        return created(id).body(new OperationReceipt(id, send(new RetryOperation(id, operationId, expected))));
    }

    @PostMapping("/operations/{operationId}/settlements")
    ResponseEntity<OperationReceipt> settle(@PathVariable PaymentId id, @PathVariable String operationId,
            @Valid @RequestBody SettlementRequest body, RequestIdentity request, ExpectedVersion expected) {
        send(new SettleByHand(id, operationId, body.note(), expected));
        return created(id).body(new OperationReceipt(id, operationId));
    }

    /** Changes nothing, so that it needs no key: asks the gateway now for the outcome of open operations. */
    @PostMapping("/inquiries")
    ResponseEntity<PaymentView> inquire(@PathVariable PaymentId id, Caller caller) {
        var payment = answers.get(id, caller);
        queue.inquire(id);
        return ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .location(URI.create("/v1/payments/" + id)).body(payment);
    }

    private <R> R send(Object command) {
        return commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
    }

    private static ResponseEntity.BodyBuilder created(PaymentId id) {
        return ResponseEntity.created(URI.create("/v1/payments/" + id));
    }
}
