package io.orderflow.platform.spi;

/**
 * Tells when what was committed can no longer be lost.
 *
 * <p>A commit is visible to everybody inside the process at once, and may reach the disk a moment later. Whoever lets
 * the outside know of it, by an answer, a call or a message, waits here first.
 */
@FunctionalInterface
public interface Durability {

    /**
     * Returns once everything that was committed before the call would survive the death of the process. Called outside
     * of any transaction: what is not committed yet is not waited for.
     *
     * @throws RuntimeException when the store cannot be written; nothing may be said outside then
     */
    void awaitDurable();
}
