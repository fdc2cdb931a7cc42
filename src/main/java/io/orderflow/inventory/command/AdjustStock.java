package io.orderflow.inventory.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.Sku;

/**
 * Correct what is on hand; refused below what is reserved.
 *
 * @param movementId      identity of the correction, {@code mov_…}
 * @param change          units to add, negative to take away; null when a count is given
 * @param counted         what a count found on hand; null when a change is given
 * @param expectedOnHand  what the counter believed to be on hand: refused when it was not; may be null
 * @param reason          why, such as {@code damaged}, {@code lost}, {@code found}, {@code count}
 * @param expectedVersion what the level was when the caller decided: refused when it has moved since
 */
public record AdjustStock(Sku sku, String movementId, Integer change, Integer counted, Integer expectedOnHand,
        String reason, String note, ExpectedVersion expectedVersion) implements StockTask, PermanentRequest {
}
