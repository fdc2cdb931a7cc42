package io.orderflow.payment.gateway;

import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Printable;
import io.orderflow.shared.StorableText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an operation at the gateway.
 *
 * @param authorizationId the gateway's id of the authorization
 * @param captureBefore   end of the authorization, UTC; null when the gateway sets no limit
 * @param nextAction      what the customer has to do; null unless that is required
 * @param code            the gateway's reason; null unless it declined or failed
 * @param detail          the same for people; null unless it declined, failed or is unknown
 */
public record GatewayOutcome(OperationStatus status, @Nullable String authorizationId, @Nullable Instant captureBefore,
        @Nullable NextAction nextAction, @Nullable String code, @Nullable String detail) {

    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_DETAIL = 500;
    private static final int LONGEST_ID = 255;
    private static final int LONGEST_ACTION = 64;
    private static final int LONGEST_URL = 2000;

    /** Cuts the reason to what the tables hold. */
    public GatewayOutcome {
        code = StorableText.cut(code, LONGEST_CODE);
        detail = StorableText.cut(Printable.encode(detail), LONGEST_DETAIL);
    }

    public static GatewayOutcome succeeded(@Nullable String authorizationId) {
        return succeeded(authorizationId, null);
    }

    public static GatewayOutcome succeeded(@Nullable String authorizationId, @Nullable Instant captureBefore) {
        return new GatewayOutcome(OperationStatus.SUCCEEDED, authorizationId, captureBefore, null, null, null);
    }

    public static GatewayOutcome actionRequired(@Nullable String authorizationId, @Nullable NextAction nextAction) {
        return new GatewayOutcome(OperationStatus.ACTION_REQUIRED, authorizationId, null, nextAction, null, null);
    }

    /** Accepted, to be decided later. */
    public static GatewayOutcome pending(@Nullable String authorizationId) {
        return new GatewayOutcome(OperationStatus.PENDING, authorizationId, null, null, null, null);
    }

    public static GatewayOutcome declined(@Nullable String code) {
        return declined(code, "The bank declined: " + code);
    }

    public static GatewayOutcome declined(@Nullable String code, String detail) {
        return new GatewayOutcome(OperationStatus.DECLINED, null, null, null, code, detail);
    }

    /** The gateway will never perform the operation. */
    public static GatewayOutcome failed(@Nullable String code, String detail) {
        return new GatewayOutcome(OperationStatus.FAILED, null, null, null, code, detail);
    }

    /** The operation may have been performed or not; a look-up under the same id decides. */
    public static GatewayOutcome unknown(@Nullable String detail) {
        return new GatewayOutcome(OperationStatus.UNKNOWN, null, null, null, null, detail);
    }

    public boolean isUnknown() {
        return status == OperationStatus.UNKNOWN;
    }

    /** Whether the outcome will not change any more, except for a refund that bounces. */
    public boolean isFinal() {
        return status.isFinal();
    }

    boolean isRefusal() {
        return status == OperationStatus.DECLINED || status == OperationStatus.FAILED;
    }

    /** Whether all texts fit into the tables that are projected from the events. */
    boolean isStorable() {
        return StorableText.fits(authorizationId, LONGEST_ID) && StorableText.fits(code, LONGEST_CODE)
                && (nextAction == null || StorableText.fits(nextAction.type(), LONGEST_ACTION)
                        && StorableText.fits(nextAction.url(), LONGEST_URL));
    }
}
