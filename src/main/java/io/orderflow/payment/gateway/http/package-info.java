/** A gateway that speaks our own HTTP contract, such as the sandbox. */
@NullMarked
package io.orderflow.payment.gateway.http;

import org.jspecify.annotations.NullMarked;
