/** Axon's JDBC stores: events, tokens, their tables and their serialized form. */
@NullMarked
package io.orderflow.platform.store;

import org.jspecify.annotations.NullMarked;
