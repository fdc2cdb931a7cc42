/** Queries that the inventory answers, and its answers. */
@NullMarked
@NamedInterface("query")
package io.orderflow.inventory.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
