/** The port to a payment gateway, and the durable work that calls it. */
package io.orderflow.payment.gateway;
