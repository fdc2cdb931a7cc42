package io.orderflow.platform.store.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.platform.store.availability.StoreAvailability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;

class GroupCommitTest {

    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicInteger onDisk = new AtomicInteger();
    private final AtomicInteger flushes = new AtomicInteger();
    private final CountDownLatch flushing = new CountDownLatch(1);
    private final CountDownLatch disk = new CountDownLatch(1);
    private volatile RuntimeException diskFailure;
    private final StoreAvailability availability = new StoreAvailability();
    private final GroupCommit group = new GroupCommit(this::flush, availability);

    /**
     * The first flush blocks until the test releases the disk; like a real one it includes what was committed before.
     */
    private void flush() throws Exception {
        int taken = committed.get();
        if (flushes.incrementAndGet() == 1) {
            flushing.countDown();
            disk.await(60, TimeUnit.SECONDS);
        }
        if (diskFailure != null) {
            throw diskFailure;
        }
        onDisk.set(taken);
    }

    @AfterEach
    void close() throws InterruptedException {
        disk.countDown();
        group.close();
        availability.close();
    }

    @Test
    void returns_when_earlier_commits_are_on_disk() {
        disk.countDown();

        for (int commit = 1; commit <= 100; commit++) {
            committed.set(commit);
            group.awaitDurable();
            assertThat(onDisk).hasValue(commit);
        }
    }

    @Test
    void commits_during_a_flush_share_the_next_one() throws Exception {
        var first = CompletableFuture.runAsync(group::awaitDurable);
        flushing.await(60, TimeUnit.SECONDS);
        List<CompletableFuture<Integer>> late = new ArrayList<>();
        for (int commit = 1; commit <= 20; commit++) {
            late.add(inThread(committed.incrementAndGet()));
        }
        assertThat(late).noneMatch(CompletableFuture::isDone);

        disk.countDown();

        first.get(60, TimeUnit.SECONDS);
        for (var each : late) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(20);
        }
        assertThat(flushes.get()).isLessThan(20);
    }

    /** The number of commits on disk when the wait ends. */
    private CompletableFuture<Integer> inThread(int commit) throws InterruptedException {
        var result = new CompletableFuture<Integer>();
        var thread = new Thread(() -> {
            group.awaitDurable();
            result.complete(onDisk.get());
        });
        thread.start();
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return result;
    }

    @Test
    void fails_all_waiting_callers_when_the_disk_fails_and_retries_for_the_next() {
        disk.countDown();
        diskFailure = new IllegalStateException("No space left on device");
        assertThatThrownBy(group::awaitDurable).isInstanceOf(TransientDataAccessResourceException.class)
                .hasRootCauseMessage("No space left on device");

        diskFailure = null;
        committed.set(7);
        group.awaitDurable();

        assertThat(onDisk).hasValue(7);
    }

    @Test
    void fails_waiting_and_later_callers_at_once_while_the_disk_accepts_no_writes() throws Exception {
        var waiting = CompletableFuture.runAsync(group::awaitDurable);
        flushing.await(10, TimeUnit.SECONDS);
        var next = CompletableFuture.runAsync(group::awaitDurable);

        availability.lost(new IOException("No space left on device"));

        assertThat(waiting).failsWithin(2, TimeUnit.SECONDS);
        assertThat(next).failsWithin(2, TimeUnit.SECONDS);
        assertThat(CompletableFuture.runAsync(group::awaitDurable)).failsWithin(2, TimeUnit.SECONDS);

        availability.regained();
        disk.countDown();
        committed.set(7);
        group.awaitDurable();
        assertThat(onDisk).hasValue(7);
    }

    @Test
    void refuses_to_wait_for_a_closed_store() throws InterruptedException {
        group.close();

        assertThatThrownBy(group::awaitDurable).isInstanceOf(TransientDataAccessResourceException.class);
    }
}
