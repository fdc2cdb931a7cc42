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
import io.orderflow.order.event.WaitNoted;
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

/**
 * What every fact is called in words, for people who look at an order. Times are left to whoever shows the text: their
 * zone is the reader's.
 */
final class TimelineMessages {

    /** Longer texts than this are cut. */
    static final int LONGEST = 500;
    /** So many lines are named one by one. */
    private static final int LINES = 3;

    private static final Map<Class<?>, Function<Object, String>> WORDS = Map.ofEntries(
            words(OrderPlaced.class, placed -> "Order %s placed: %s for %s".formatted(placed.reference(),
                    list(placed.lines().stream().map(line -> units(line.quantity(), line.sku()))),
                    placed.total())),
            words(OrderWaiting.class, waiting -> waiting(waiting.waitingOn())),
            words(WaitNoted.class, noted -> waiting(noted.waitingOn())),
            words(OrderConfirmed.class, confirmed -> "Order confirmed: stock is set aside and money is authorized"),
            words(OrderDispatched.class, TimelineMessages::dispatched),
            words(OrderCompleted.class, completed -> "Order completed: everything is shipped and paid"),
            words(CancellationRequested.class, requested -> because("Cancellation requested", requested.reason())),
            words(ResumptionRequested.class, requested -> because("Asked to go on", requested.reason())),
            words(OrderCancelled.class, cancelled -> because("Order cancelled", cancelled.reason())),
            words(OrderRejected.class, rejected ->
                    because("Order rejected", rejected.code(), rejected.detail())),
            words(GoodsReturned.class, returned -> because("%s came back, worth %s".formatted(
                    list(returned.lines().stream().map(TimelineMessages::returned)), returned.value()),
                    returned.reason())),
            words(ReturnClosed.class, closed -> closed.note() == null
                    ? "Return closed: the goods are in stock and the money is paid back"
                    : because("Return closed by hand", closed.note())),

            words(StockReserved.class, reserved -> units(reserved.quantity(), reserved.sku()) + " set aside"),
            words(StockRefused.class, refused -> "%s could not be set aside: %s".formatted(
                    units(refused.quantity(), refused.sku()), refused.code().equals("unknown_sku")
                            ? "there was never any" : refused.available() + " available")),
            words(StockReleased.class, released -> released.quantity().isZero()
                    ? "No %s was set aside: nothing to give back".formatted(released.sku())
                    : units(released.quantity(), released.sku()) + " given back to stock"),
            words(StockShipped.class, shipped -> units(shipped.quantity(), shipped.sku()) + " left the warehouse"),
            words(StockReturned.class, returned -> units(returned.quantity(), returned.sku())
                    + (returned.damaged() ? " taken back, damaged" : " back in stock")),

            words(PaymentRequested.class, requested -> requested.amount() + " requested from the gateway"),
            words(PaymentAuthorized.class, authorized -> authorized.amount() + " authorized"),
            words(PaymentDeclined.class, declined ->
                    because("Payment declined", declined.code(), declined.detail())),
            words(PaymentActionRequired.class, required -> "The customer has to act: " + required.nextAction().type()),
            words(PaymentPending.class, pending -> "The gateway has taken it on and tells later"),
            words(PaymentUncertain.class, uncertain ->
                    because("The gateway's answer is unknown and is looked up", uncertain.detail())),
            words(CaptureRequested.class, requested -> requested.amount() + " to be taken"),
            words(PaymentCaptured.class, captured -> captured.amount().equals(captured.capturedTotal())
                    ? captured.amount() + " taken"
                    : "%s taken, %s in all".formatted(captured.amount(), captured.capturedTotal())),
            words(CaptureFailed.class, failed ->
                    because("The money could not be taken", failed.code(), failed.detail())),
            words(ReversalDemanded.class, demanded -> "The money is to go back"),
            words(ReversalRequested.class, requested -> switch (requested.kind()) {
                case ABANDONED -> "The payment to be abandoned";
                case VOIDED -> requested.amount() + " no longer to be set aside";
                case REFUNDED -> requested.amount() + " to be paid back";
            }),
            words(PaymentReversed.class, reversed -> switch (reversed.kind()) {
                case ABANDONED -> "Payment abandoned: no money was set aside";
                case VOIDED -> reversed.amount() + " no longer set aside";
                case REFUNDED -> reversed.amount() + " paid back";
            }),
            words(PaymentReversedInPart.class, reversed ->
                    reversed.amount() + " paid back, the rest follows"),
            words(ReversalFailed.class, failed ->
                    because("The money could not be given back", failed.code(), failed.detail())),
            words(RefundPostponed.class, postponed ->
                    because(postponed.amount() + " to be paid back once it is taken", postponed.reason())),
            words(RefundRequested.class, requested -> requested.attempt() == 1
                    ? because(requested.amount() + " to be paid back", requested.reason())
                    : "%s to be paid back, attempt %s".formatted(requested.amount(), requested.attempt())),
            words(PaymentRefunded.class, refunded -> refunded.amount().equals(refunded.refundedTotal())
                    ? refunded.amount() + " paid back"
                    : "%s paid back, %s in all".formatted(refunded.amount(), refunded.refundedTotal())),
            words(RefundFailed.class, failed -> because("%s could not be paid back%s".formatted(
                    failed.amount(), failed.last() ? "" : " and is tried again"), failed.code(),
                    failed.detail())),
            words(SettledByHand.class, settled ->
                    because(settled.amount() + " settled by hand", settled.note())));

    private TimelineMessages() {
    }

    /** @throws IllegalStateException when nobody has found words for this kind of fact */
    static String of(OrderFact fact) {
        if (!isFoundFor(fact.getClass())) {
            throw new IllegalStateException("There is no wording for " + fact.getClass().getName());
        }
        String text = WORDS.get(fact.getClass()).apply(fact);
        return text.length() <= LONGEST ? text : StorableText.cut(text, LONGEST - 1) + '…';
    }

    static boolean isFoundFor(Class<?> fact) {
        return WORDS.containsKey(fact);
    }

    private static <F extends OrderFact> Map.Entry<Class<?>, Function<Object, String>> words(Class<F> fact,
            Function<F, String> words) {
        return entry(fact, happened -> words.apply(fact.cast(happened)));
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

    private static String waiting(WaitingOn on) {
        if (on == null) {
            return "Nothing is awaited any more";
        }
        return "Waiting for " + awaited(on.code());
    }

    private static String awaited(WaitingOn.Code code) {
        return switch (code) {
            case STOCK_RESERVATION -> "stock to be set aside";
            case PAYMENT_AUTHORIZATION -> "the gateway to authorize the payment";
            case PAYMENT_ACTION -> "the customer to confirm the payment";
            case PAYMENT_PENDING -> "the gateway to decide on the payment";
            case PAYMENT_OVERDUE -> "the gateway to authorize the payment, which is overdue";
            case PAYMENT_OUTCOME_UNKNOWN -> "the gateway to tell what became of the payment";
            case AUTHORIZATION_EXPIRED -> "staff: what was set aside has expired before everything was dispatched";
            case DISPATCH -> "staff to dispatch";
            case DISPATCH_OVERDUE -> "staff to dispatch, which is overdue";
            case PAYMENT_CAPTURE -> "the gateway to take the money and the warehouse to ship";
            case PAYMENT_CAPTURE_FAILED -> "staff: the money could not be taken";
            case PAYMENT_REVERSAL -> "the gateway to give the money back";
            case PAYMENT_REVERSAL_FAILED -> "staff: the money could not be given back";
            case STOCK_RELEASE -> "stock to be given back";
            case STOCK_RETURN -> "the goods to be taken back to stock";
            case REFUND -> "the gateway to pay the money back";
            case REFUND_OUTCOME_UNKNOWN -> "the gateway to tell what became of the refund";
            case REFUND_FAILED -> "staff: the money could not be paid back";
            case SHIPPING_STUCK -> "staff: shipping does not go on by itself";
            case UNDO_STUCK -> "staff: undoing the order does not go on by itself";
            case STEP_FAILED -> "staff: a step failed for good";
            case ENDING -> "the order to end";
        };
    }

    private static String because(String what, String reason) {
        return reason == null || reason.isBlank() ? what : what + ": " + reason;
    }

    private static String because(String what, String code, String detail) {
        return because(what, detail == null || detail.isBlank() ? spaced(code) : detail);
    }

    private static String units(Quantity quantity, Sku sku) {
        return quantity + " × " + sku;
    }

    private static String spaced(String code) {
        return code == null ? null : code.replace('_', ' ');
    }

    private static String list(Stream<String> lines) {
        List<String> all = lines.toList();
        String named = all.stream().limit(LINES).collect(Collectors.joining(", "));
        return all.size() <= LINES ? named : named + " and %s more".formatted(all.size() - LINES);
    }
}
