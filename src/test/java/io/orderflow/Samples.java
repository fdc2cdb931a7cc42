package io.orderflow;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes records with believable values, to write the first golden file of a message. */
final class Samples {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123456Z");
    private static final Map<Class<?>, Object> BY_TYPE = Map.of(
            OrderId.class, new OrderId("ord_7h2k9m4p6r8t1v3w5x0y2z4a6c"),
            PaymentId.class, new PaymentId("pay_7h2k9m4p6r8t1v3w5x0y2z4a6c"),
            Sku.class, new Sku("MUG-BLUE"),
            Quantity.class, new Quantity(2),
            Money.class, new Money("EUR", 12990),
            PaymentMethod.class, new PaymentMethod("tok_ok"),
            Instant.class, NOON,
            Duration.class, Duration.ofMinutes(30),
            int.class, -3,
            boolean.class, true);
    private static final Map<String, String> BY_NAME = Map.ofEntries(
            Map.entry("reference", "SHOP-10042"),
            Map.entry("shop", "webshop"),
            Map.entry("id", "cust_815"),
            Map.entry("email", "ada@example.org"),
            Map.entry("name", "Ada Lovelace"),
            Map.entry("street", "St James's Square 12"),
            Map.entry("postalCode", "SW1Y 4JH"),
            Map.entry("city", "London"),
            Map.entry("country", "GB"),
            Map.entry("request", "01kbcmp5z40f3d8k2m7q9r4t6v"),
            Map.entry("shipmentId", "shp_3f5g7h9j1k2m4n6p8q0r2s4t6v"),
            Map.entry("movementId", "mov_9z7x5w3v1t0s8r6q4p2n1m3k5j"),
            Map.entry("carrier", "DHL"),
            Map.entry("trackingNumber", "00340434292135100186"),
            Map.entry("authorizationId", "auth_1c8e5a"),
            Map.entry("returnId", "ret_4k6n8q1s3v5x7z9b2d4f6h8j0m"),
            Map.entry("refundId", "ref_2g4j6m8p0r1t3v5x7z9b2d4f6h"),
            Map.entry("type", "redirect"),
            Map.entry("url", "https://bank.example/3ds/1c8e5a"),
            Map.entry("detail", "A sentence of the one who knows."),
            Map.entry("reason", "damaged"),
            Map.entry("note", "Seen at the morning count"));

    private Samples() {
    }

    static Object of(Class<?> record) {
        try {
            RecordComponent[] components = record.getRecordComponents();
            var constructor = record.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            return constructor.newInstance(Arrays.stream(components)
                    .map(component -> value(record, component.getName(), component.getGenericType())).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("No sample can be made of " + record, e);
        }
    }

    private static Object value(Class<?> record, String name, Type type) {
        if (type instanceof ParameterizedType list) {
            return List.of(value(record, name, list.getActualTypeArguments()[0]));
        }
        var plain = (Class<?>) type;
        if (BY_TYPE.containsKey(plain)) {
            return BY_TYPE.get(plain);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[plain.getEnumConstants().length - 1];
        }
        return plain == String.class ? text(record, name) : of(plain);
    }

    private static String text(Class<?> record, String name) {
        if (name.equals("operationId")) {
            return "pay_7h2k9m4p6r8t1v3w5x0y2z4a6c-authorize-1";
        }
        if (name.equals("code")) {
            return "out_of_stock";
        }
        if (!BY_NAME.containsKey(name)) {
            throw new IllegalArgumentException("Say what a believable '%s' of %s is".formatted(name, record));
        }
        return BY_NAME.get(name);
    }
}
