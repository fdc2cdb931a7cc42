/** Where events, tokens, sagas, snapshots and dead letters are kept, and in which form. */
package io.orderflow.platform.store;
