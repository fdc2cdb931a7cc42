package io.orderflow.platform.spi;

import io.orderflow.shared.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Waits for projections that may be behind the events. */
public interface CatchUp {

    /**
     * The first answer of a projection about something that exists.
     *
     * @param projection name of its processing group
     * @param id         that the events of the thing are kept under
     * @param answer     begins to wait for the answer; cancelled when nobody waits for it any more
     * @throws Refusal when waiting is in vain: the projection could not handle the event that the thing begins with
     * @throws java.util.concurrent.CompletionException with a {@code TimeoutException} when the projection is far behind
     */
    <T> T await(String projection, String id, Supplier<CompletableFuture<T>> answer);

    /**
     * Waits until a projection has handled every event that there is now.
     *
     * @throws java.util.concurrent.CompletionException with a {@code TimeoutException} when it is far behind
     */
    void await(String projection);

    /** Whether a projection could not handle the event that the thing begins with, and has parked it. */
    boolean isParked(String projection, String id);

    /** @throws Refusal when the projection could not handle the event that the thing begins with, and it is parked */
    void requireNotParked(String projection, String id);
}
