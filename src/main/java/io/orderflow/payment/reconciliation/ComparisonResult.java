package io.orderflow.payment.reconciliation;

/** Whether two ledgers agree about an operation. */
enum ComparisonResult {
    AGREES,
    /** Work on it goes on, or one side has not heard of the other's news yet: the next comparison will tell. */
    IN_FLIGHT,
    DIFFERS
}
