/** Decides operations, records them in the ledger file, and settles those that were left open. */
@NullMarked
package io.orderflow.sandbox.bank;

import org.jspecify.annotations.NullMarked;
