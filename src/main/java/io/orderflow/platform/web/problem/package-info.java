/** Problem documents (RFC 9457): the answer to every error of the API. */
@NullMarked
package io.orderflow.platform.web.problem;

import org.jspecify.annotations.NullMarked;
