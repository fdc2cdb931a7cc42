package io.orderflow.platform.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.shared.AddedIn;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Leads an event to its next revision where that only added fields; anything else needs an upcaster of its own, before this. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class AddedFields extends SingleEventUpcaster {

    private final Map<String, Class<?>> types = StoredTypes.byName();

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return !next(event).isEmpty();
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        List<String> added = next(event);
        String revision = String.valueOf(Integer.parseInt(event.getType().getRevision()) + 1);
        return event.upcastPayload(new SimpleSerializedType(event.getType().getName(), revision), JsonNode.class,
                payload -> {
                    added.forEach(((ObjectNode) payload)::putNull);
                    return payload;
                });
    }

    /** The fields that were added in the revision after the stored one. */
    private List<String> next(IntermediateEventRepresentation event) {
        Class<?> type = types.get(event.getType().getName());
        String revision = event.getType().getRevision();
        return type == null || !type.isRecord() || revision == null ? List.of()
                : Arrays.stream(type.getRecordComponents()).filter(field -> isAdded(field, revision))
                        .map(RecordComponent::getName).toList();
    }

    private static boolean isAdded(RecordComponent field, String revision) {
        var added = field.getAnnotation(AddedIn.class);
        return added != null && revision.equals(String.valueOf(added.value() - 1));
    }
}
