package io.orderflow.order;

import io.orderflow.order.command.PlaceOrder;
import io.orderflow.order.event.Address;
import io.orderflow.order.event.Customer;
import io.orderflow.order.event.OrderLine;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.OrderView;
import io.orderflow.order.query.OrderView.Action;
import io.orderflow.order.query.StockStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StorableText;
import io.orderflow.shared.WaitingOn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * What a shop sends to place an order.
 *
 * @param reference the shop's own number for the order
 * @param currency  ISO 4217 code of every price
 * @param address   where it goes; may be left out
 */
record PlaceOrderRequest(@NotBlank @CodePointLength(max = 64) String reference,
        @NotNull @Valid CustomerRequest customer,
        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code such as EUR") String currency,
        @NotEmpty @Size(max = 500) List<@NotNull @Valid Line> lines, @NotNull @Valid Payment payment,
        @Valid @Nullable AddressRequest address) {

    /** The customer. */
    record CustomerRequest(@NotBlank @CodePointLength(max = 64) String id,
            @NotBlank @Email @CodePointLength(max = 254) String email) {
    }

    /** Units of one SKU at one price. */
    record Line(@NotNull Sku sku, @NotNull Quantity quantity, @NotNull Money unitPrice) {
    }

    /** The gateway's token of the payment method. */
    record Payment(@NotNull PaymentMethod method) {

        /** @throws Refusal for characters that no text may have; the value itself is also read from stored events */
        Payment {
            if (method != null && !StorableText.isStorable(method.token())) {
                throw new Refusal(Refusal.Kind.INVALID, "invalid_payment_method",
                        "A payment method is the gateway's token, without control characters.");
            }
        }
    }

    /** The delivery address; the country is an ISO 3166-1 alpha-2 code. */
    record AddressRequest(@NotBlank @CodePointLength(max = 200) String name,
            @NotBlank @CodePointLength(max = 200) String street,
            @NotBlank @CodePointLength(max = 20) String postalCode, @NotBlank @CodePointLength(max = 100) String city,
            @NotNull @Pattern(regexp = "[A-Z]{2}", message = "must be an ISO 3166-1 code such as DE") String country) {
    }

    List<Sku> skus() {
        return lines.stream().map(Line::sku).toList();
    }

    PlaceOrder command(OrderId id, RequestIdentity request, WaitingOn waitingOn, Instant now) {
        return new PlaceOrder(id, request.caller(), reference,
                new Customer(customer.id(), customer.email()), currency, orderLines(), payment.method(),
                place(), request.identity(), waitingOn, now);
    }

    /** The answer to this request and to each repetition: the order as it was when it was placed. */
    OrderView placed(OrderId id, RequestIdentity request, PlaceOrderResult placed) {
        var lines = orderLines().stream().map(line -> new OrderView.Line(line.sku(), line.quantity().value(),
                line.unitPrice(), 0, 0, 0)).toList();
        return new OrderView(id, request.caller(), reference, new Customer(customer.id(), customer.email()), place(),
                OrderStatus.PLACED, PaymentId.of(id), PaymentStatus.NONE, StockStatus.PENDING,
                placed.waitingOn(), List.of(Action.CANCEL), lines, List.of(),
                placed.total(), null, 1, placed.placedAt(), placed.placedAt());
    }

    private List<OrderLine> orderLines() {
        return lines.stream().map(line -> new OrderLine(line.sku(), line.quantity(), line.unitPrice())).toList();
    }

    private @Nullable Address place() {
        return address == null ? null
                : new Address(address.name(), address.street(), address.postalCode(), address.city(),
                        address.country());
    }
}
