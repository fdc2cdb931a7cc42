/** Work that is due later, kept in the database with the state it belongs to. */
package io.orderflow.platform.scheduling;
