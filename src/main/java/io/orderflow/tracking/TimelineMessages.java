package io.orderflow.tracking;

import static java.util.Map.entry;

import io.orderflow.inventory.event.StockRefused;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockReturned;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.OrderCancelled;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderConfirmed;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderRejected;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.order.event.ResumptionRequested;
import io.orderflow.order.event.ReturnClosed;
import io.orderflow.order.event.ReturnedLine;
import io.orderflow.order.event.ReturnedLine.Condition;
import io.orderflow.payment.event.CaptureFailed;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.PaymentActionRequired;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.payment.event.PaymentRefunded;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.PaymentReversedInPart;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.event.RefundFailed;
import io.orderflow.payment.event.RefundPostponed;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.ReversalDemanded;
import io.orderflow.payment.event.ReversalFailed;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.payment.event.SettledByHand;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StorableText;
import io.orderflow.shared.WaitingOn;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The text of each timeline entry, in English. Contains no times, because the time zone is the reader's. */
final class TimelineMessages {

    /** Longer texts are cut. */
    static final int LONGEST = 500;
    /** Lines of an order that are named; more are counted. */
    private static final int LINES = 3;

    private static final Map<Class<?>, Function<Object, String>> TEXTS = Map.ofEntries(
            text(OrderPlaced.class, placed -> "Order %s placed: %s for %s".formatted(placed.reference(),
                    list(placed.lines().stream().map(line -> units(line.quantity(), line.sku()))), placed.total())),
            text(OrderWaiting.class, waiting -> waiting(waiting.waits().shown())),
            text(OrderConfirmed.class, confirmed -> "Order confirmed: stock is reserved and the payment authorized"),
            text(OrderDispatched.class, TimelineMessages::dispatched),
            text(OrderCompleted.class, completed -> "Order completed: everything is shipped and paid"),
            text(CancellationRequested.class, requested -> because("Cancellation requested", requested.reason())),
            text(ResumptionRequested.class, requested -> because("Resumption requested", requested.reason())),
            text(OrderCancelled.class, cancelled -> because("Order cancelled", cancelled.reason())),
            text(OrderRejected.class, rejected -> because("Order rejected", rejected.code(), rejected.detail())),
            text(GoodsReturned.class, returned -> because("%s returned, worth %s".formatted(
                    list(returned.lines().stream().map(TimelineMessages::returned)), returned.value()),
                    returned.reason())),
            text(ReturnClosed.class, closed -> closed.note() == null
                    ? "Return closed: the goods are in stock and the money is refunded"
                    : because("Return closed by hand", closed.note())),

            text(StockReserved.class, reserved -> units(reserved.quantity(), reserved.sku()) + " reserved"),
            text(StockRefused.class, refused -> "%s could not be reserved: %s".formatted(
                    units(refused.quantity(), refused.sku()), refused.code().equals("unknown_sku")
                            ? "unknown SKU" : refused.available() + " available")),
            text(StockReleased.class, released -> released.quantity().isZero()
                    ? "No %s was reserved: nothing to release".formatted(released.sku())
                    : units(released.quantity(), released.sku()) + " released"),
            text(StockShipped.class, shipped -> units(shipped.quantity(), shipped.sku()) + " shipped"),
            text(StockReturned.class, returned -> units(returned.quantity(), returned.sku())
                    + (returned.damaged() ? " returned damaged" : " back in stock")),

            text(PaymentRequested.class, requested -> "Authorization of %s requested".formatted(requested.amount())),
            text(PaymentAuthorized.class, authorized -> authorized.amount() + " authorized"),
            text(PaymentDeclined.class, declined -> because("Payment declined", declined.code(), declined.detail())),
            text(PaymentActionRequired.class, required -> "Customer action required: " + required.nextAction().type()),
            text(PaymentPending.class, pending -> "Payment pending at the gateway"),
            text(PaymentUncertain.class, uncertain ->
                    because("Outcome at the gateway unknown, lookup started", uncertain.detail())),
            text(CaptureRequested.class, requested -> "Capture of %s requested".formatted(requested.amount())),
            text(PaymentCaptured.class, captured ->
                    inTotal(captured.amount() + " captured", captured.amount(), captured.capturedTotal())),
            text(CaptureFailed.class, failed -> because("Capture failed", failed.code(), failed.detail())),
            text(ReversalDemanded.class, demanded -> "Reversal of the payment demanded"),
            text(ReversalRequested.class, requested -> switch (requested.kind()) {
                case ABANDONED -> "Payment is being abandoned";
                case VOIDED -> "Void of %s requested".formatted(requested.amount());
                case REFUNDED -> "Refund of %s requested".formatted(requested.amount());
            }),
            text(PaymentReversed.class, reversed -> switch (reversed.kind()) {
                case ABANDONED -> "Payment abandoned: nothing was authorized";
                case VOIDED -> reversed.amount() + " voided";
                case REFUNDED -> reversed.amount() + " refunded";
            }),
            text(PaymentReversedInPart.class, reversed -> reversed.amount() + " refunded, the rest follows"),
            text(ReversalFailed.class, failed -> because("Reversal failed", failed.code(), failed.detail())),
            text(RefundPostponed.class, postponed -> because("Refund of %s postponed until the money is captured"
                    .formatted(postponed.amount()), postponed.reason())),
            text(RefundRequested.class, requested -> because("Refund of %s requested%s".formatted(requested.amount(),
                    requested.attempt() == 1 ? "" : ", attempt " + requested.attempt()),
                    requested.attempt() == 1 ? requested.reason() : null)),
            text(PaymentRefunded.class, refunded ->
                    inTotal(refunded.amount() + " refunded", refunded.amount(), refunded.refundedTotal())),
            text(RefundFailed.class, failed -> because("Refund of %s failed%s".formatted(
                    failed.amount(), failed.last() ? "" : " and will be retried"), failed.code(), failed.detail())),
            text(SettledByHand.class, settled -> because(settled.amount() + " settled by hand", settled.note())));

    private TimelineMessages() {
    }

    /** @throws IllegalStateException when the type of the event has no text */
    static String of(OrderFact fact) {
        if (!isDefinedFor(fact.getClass())) {
            throw new IllegalStateException("There is no text for " + fact.getClass().getName());
        }
        String text = TEXTS.get(fact.getClass()).apply(fact);
        return text.length() <= LONGEST ? text : StorableText.cut(text, LONGEST - 1) + '…';
    }

    static boolean isDefinedFor(Class<?> fact) {
        return TEXTS.containsKey(fact);
    }

    private static <F extends OrderFact> Map.Entry<Class<?>, Function<Object, String>> text(Class<F> type,
            Function<F, String> text) {
        return entry(type, fact -> text.apply(type.cast(fact)));
    }

    private static String dispatched(OrderDispatched dispatched) {
        return "%s dispatched%s%s; %s".formatted(
                list(dispatched.lines().stream().map(line -> units(line.quantity(), line.sku()))),
                dispatched.carrier() == null ? "" : " with " + dispatched.carrier(),
                dispatched.trackingNumber() == null ? "" : ", tracking number " + dispatched.trackingNumber(),
                dispatched.last() ? "nothing remains" : "the rest follows");
    }

    private static String returned(ReturnedLine line) {
        return units(line.quantity(), line.sku()) + (line.condition() == Condition.DAMAGED ? " (damaged)" : "");
    }

    private static String waiting(@Nullable WaitingOn on) {
        return on == null ? "No longer waiting" : "Waiting for " + switch (on.code()) {
            case STOCK_RESERVATION -> "stock to be reserved";
            case PAYMENT_AUTHORIZATION -> "the gateway to authorize the payment";
            case PAYMENT_ACTION -> "the customer to confirm the payment";
            case PAYMENT_PENDING -> "the gateway to decide on the payment";
            case PAYMENT_OVERDUE -> "the gateway to authorize the payment, which is overdue";
            case PAYMENT_OUTCOME_UNKNOWN -> "the gateway to report the outcome of the payment";
            case AUTHORIZATION_EXPIRED -> "staff: the authorization expired before everything was dispatched";
            case DISPATCH -> "staff to dispatch";
            case DISPATCH_OVERDUE -> "staff to dispatch, which is overdue";
            case PAYMENT_CAPTURE -> "the gateway to capture the money and the warehouse to ship";
            case PAYMENT_CAPTURE_FAILED -> "staff: the capture failed";
            case PAYMENT_REVERSAL -> "the gateway to void or refund the payment";
            case PAYMENT_REVERSAL_FAILED -> "staff: the payment could not be voided or refunded";
            case STOCK_RELEASE -> "stock to be released";
            case STOCK_RETURN -> "the returned goods to be in stock";
            case REFUND -> "the gateway to refund the money";
            case REFUND_OUTCOME_UNKNOWN -> "the gateway to report the outcome of the refund";
            case REFUND_FAILED -> "staff: the refund failed";
            case SHIPPING_STUCK -> "staff: shipping is stuck";
            case UNDO_STUCK -> "staff: the compensation is stuck";
            case STEP_FAILED -> "staff: a step failed permanently";
            case ENDING -> "the order to end";
        };
    }

    private static String because(String what, @Nullable String reason) {
        return reason == null || reason.isBlank() ? what : what + ": " + reason;
    }

    private static String because(String what, @Nullable String code, @Nullable String detail) {
        return because(what, detail != null && !detail.isBlank() || code == null ? detail : code.replace('_', ' '));
    }

    private static String inTotal(String what, Money amount, Money total) {
        return amount.equals(total) ? what : "%s, %s in total".formatted(what, total);
    }

    private static String units(Quantity quantity, Sku sku) {
        return quantity + " × " + sku;
    }

    private static String list(Stream<String> lines) {
        List<String> all = lines.toList();
        String named = all.stream().limit(LINES).collect(Collectors.joining(", "));
        return all.size() <= LINES ? named : named + " and %s more".formatted(all.size() - LINES);
    }
}
