package io.orderflow.inventory.query;

import io.orderflow.shared.Sku;
import java.util.List;

/** The levels of several SKUs, sorted by SKU; answered by a {@link StockView} for each SKU that was ever received. */
public record FindStockLevels(List<Sku> skus) {

    public FindStockLevels {
        skus = List.copyOf(skus);
    }
}
