/** Compares our ledger with the gateway's, and lists every difference. */
package io.orderflow.payment.reconciliation;
