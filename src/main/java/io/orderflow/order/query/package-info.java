/** The queries of this module and their answers. */
@NamedInterface("query")
@NullMarked
package io.orderflow.order.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
