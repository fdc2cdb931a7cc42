/** The identity of this node among the nodes that share a store. */
@NullMarked
package io.orderflow.platform.store.node;

import org.jspecify.annotations.NullMarked;
