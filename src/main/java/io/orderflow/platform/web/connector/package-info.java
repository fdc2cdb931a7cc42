/** Tomcat: limits on slow clients, and its own errors as problem documents. */
@NullMarked
package io.orderflow.platform.web.connector;

import org.jspecify.annotations.NullMarked;
