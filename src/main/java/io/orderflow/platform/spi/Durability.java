package io.orderflow.platform.spi;

/**
 * Waits until commits are durable.
 *
 * <p>A commit is visible inside the process at once and may reach the disk a moment later. Code that reveals it outside
 * the process, by an answer, a call or a message, has to wait first.
 */
@FunctionalInterface
public interface Durability {

    /**
     * Returns when everything committed before the call survives the death of the process. To be called outside of
     * transactions: uncommitted changes are not waited for.
     *
     * @throws RuntimeException when the store cannot be written; nothing may be revealed then
     */
    void awaitDurable();
}
