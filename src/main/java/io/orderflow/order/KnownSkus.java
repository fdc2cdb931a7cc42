package io.orderflow.order;

import io.orderflow.platform.spi.CatchUp;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Sku;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SKUs that were ever in stock; an SKU never becomes unknown again. */
@Component
class KnownSkus {

    private final JdbcClient jdbc;
    private final CatchUp catchUp;
    private final Set<Sku> known = ConcurrentHashMap.newKeySet();

    KnownSkus(JdbcClient jdbc, CatchUp catchUp) {
        this.jdbc = jdbc;
        this.catchUp = catchUp;
    }

    void add(Sku sku) {
        if (stored(List.of(sku)).isEmpty()) {
            jdbc.sql("INSERT INTO orders.known_sku (sku) VALUES (?)").param(sku.value()).update();
        }
    }

    /** @throws Refusal that names the unknown SKUs */
    void requireKnown(List<Sku> skus) {
        List<Sku> unknown = unknown(skus);
        if (!unknown.isEmpty()) {
            // The projection may be behind: it has to catch up before an SKU counts as unknown.
            catchUp.await(OrderProjection.GROUP);
            unknown = unknown(unknown);
            unknown.forEach(sku -> catchUp.requireNotParked(OrderProjection.GROUP, sku.stockItemId()));
        }
        if (!unknown.isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, "unknown_sku",
                    "There is no stock of %s; receive some first, or correct the SKU.".formatted(unknown),
                    Map.of("skus", unknown));
        }
    }

    private List<Sku> unknown(List<Sku> skus) {
        List<Sku> unsure = skus.stream().filter(sku -> !known.contains(sku)).distinct().toList();
        if (!unsure.isEmpty()) {
            known.addAll(stored(unsure));
        }
        return unsure.stream().filter(sku -> !known.contains(sku)).toList();
    }

    private List<Sku> stored(List<Sku> skus) {
        return jdbc.sql("SELECT sku FROM orders.known_sku WHERE sku IN (:skus)")
                .param("skus", skus.stream().map(Sku::value).toList())
                .query((row, number) -> new Sku(row.getString("sku"))).list();
    }
}
