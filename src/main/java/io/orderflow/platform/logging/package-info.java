/** Keeps each log event on one line, whatever text it contains. */
@NullMarked
package io.orderflow.platform.logging;

import org.jspecify.annotations.NullMarked;
