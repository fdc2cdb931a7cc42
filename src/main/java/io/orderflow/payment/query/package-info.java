/** Queries about payments, and the views that answer them. */
@NamedInterface("query")
@NullMarked
package io.orderflow.payment.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
