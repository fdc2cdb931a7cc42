/** The gateway's HTTP API, and the faults it can inject into its answers. */
@NullMarked
package io.orderflow.sandbox.http;

import org.jspecify.annotations.NullMarked;
