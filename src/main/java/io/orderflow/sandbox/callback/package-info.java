/** Signed callbacks: every fact is posted to the merchant until it is accepted. */
@NullMarked
package io.orderflow.sandbox.callback;

import org.jspecify.annotations.NullMarked;
