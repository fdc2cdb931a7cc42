/** How requests are checked and read: origin, query, body, content types and the arguments of controllers. */
@NullMarked
package io.orderflow.platform.web.request;

import org.jspecify.annotations.NullMarked;
