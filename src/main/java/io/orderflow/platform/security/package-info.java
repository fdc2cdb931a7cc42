/** Authentication and authorization of callers. */
@NullMarked
package io.orderflow.platform.security;

import org.jspecify.annotations.NullMarked;
