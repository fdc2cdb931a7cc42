package io.orderflow.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Revision 1 did not say whose order the money is for: nobody had to say who they were. */
@Component
@Order(1)
class PaymentRequestedUpcaster extends SingleEventUpcaster {

    private static final String NAME = "payment.PaymentRequested";

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().getName().equals(NAME) && "1".equals(event.getType().getRevision());
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(new SimpleSerializedType(NAME, "2"), JsonNode.class,
                payload -> ((ObjectNode) payload).putNull("shop"));
    }
}
