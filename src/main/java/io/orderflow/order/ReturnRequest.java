package io.orderflow.order;

import io.orderflow.order.command.ReturnGoods;
import io.orderflow.order.event.ReturnedLine;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.Sku;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * The goods of a return.
 *
 * @param lines each SKU once per condition
 */
record ReturnRequest(@NotEmpty @Size(max = 1000) List<@NotNull @Valid Line> lines,
        @NotBlank @CodePointLength(max = 500) String reason) {

    /** Units of one SKU in one condition. */
    record Line(@NotNull Sku sku, @NotNull Quantity quantity, @NotNull ReturnedLine.Condition condition) {
    }

    ReturnGoods command(OrderId id, RequestIdentity request, Instant now, ExpectedVersion expected) {
        return new ReturnGoods(id, request.id("ret_"), lines.stream()
                .map(line -> new ReturnedLine(line.sku(), line.quantity(), line.condition())).toList(), reason, now,
                expected);
    }
}
