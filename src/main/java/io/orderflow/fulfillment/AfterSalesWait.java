package io.orderflow.fulfillment;

import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Party;
import java.time.Instant;

/** What the returns and refunds of an order wait on; of several the first here is what matters. */
enum AfterSalesWait {
    /** The gateway refuses for good: staff has it tried again, or settles it by hand. */
    REFUND_FAILED(Party.STAFF, "refund_failed"),
    /** A command breaks a rule or hits a bug. */
    STEP_FAILED(Party.STAFF, "step_failed"),
    REFUND_OUTCOME_UNKNOWN(Party.GATEWAY, "refund_outcome_unknown"),
    REFUND(Party.GATEWAY, "refund"),
    STOCK_RETURN(Party.STOCK, "stock_return"),
    /** Only the order's word that a return is closed, which takes no time. */
    CLOSING(Party.CLOCK, "closing");

    private final Party party;
    private final String code;

    AfterSalesWait(Party party, String code) {
        this.party = party;
        this.code = code;
    }

    /** @param due when it is asked for again, UTC; nobody asks the gateway again for what staff has to decide */
    WaitingOn since(Instant since, Instant due) {
        return new WaitingOn(party, code, since, this == REFUND_FAILED ? null : due);
    }
}
