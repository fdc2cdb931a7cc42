package io.orderflow.inventory.command;

import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Correct the units on hand, either by a change or to a count; refused below the reserved units.
 *
 * @param movementId      id of the adjustment, {@code mov_…}
 * @param change          units to add, or to remove when negative
 * @param counted         units found by a count
 * @param expectedOnHand  units on hand that the count replaces; refused when there are more or fewer
 * @param reason          such as {@code damaged}, {@code lost}, {@code found}, {@code count}
 * @param expectedVersion version of the level that the caller saw; refused when the level has changed since
 */
public record AdjustStock(Sku sku, String movementId, @Nullable Integer change, @Nullable Integer counted,
        @Nullable Integer expectedOnHand, String reason, @Nullable String note, ExpectedVersion expectedVersion)
        implements StockTask, PermanentRequest {
}
