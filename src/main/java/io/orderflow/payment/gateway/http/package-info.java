/** A gateway that speaks our own HTTP contract, such as the sandbox. */
package io.orderflow.payment.gateway.http;
