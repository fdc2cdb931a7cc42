/** Callbacks of gateways: checked, kept, and followed up. */
package io.orderflow.payment.callback;
