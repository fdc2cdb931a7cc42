/** Compares our ledger of operations with the gateway's. */
@NullMarked
package io.orderflow.payment.reconciliation;

import org.jspecify.annotations.NullMarked;
