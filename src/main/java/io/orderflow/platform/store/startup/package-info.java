/** Explains to operators why the application does not start on its store, and what to do. */
@NullMarked
package io.orderflow.platform.store.startup;

import org.jspecify.annotations.NullMarked;
