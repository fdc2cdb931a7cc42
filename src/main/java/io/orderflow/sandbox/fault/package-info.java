/** Decides which requests and callbacks go wrong, and how. */
@NullMarked
package io.orderflow.sandbox.fault;

import org.jspecify.annotations.NullMarked;
