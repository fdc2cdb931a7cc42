/** Queries that tracking answers, and its answers. */
@NullMarked
@NamedInterface("query")
package io.orderflow.tracking.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
