package io.orderflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    private volatile RuntimeException trouble;
    private final StoreAvailability availability = new StoreAvailability();
    private final GroupCommit group = GroupCommit.start(this::flush, availability);

    /** The first flush lasts until the disk is let go; like a real one it takes what was committed when it began. */
    private void flush() throws Exception {
        int taken = committed.get();
        if (flushes.incrementAndGet() == 1) {
            flushing.countDown();
            disk.await(60, TimeUnit.SECONDS);
        }
        if (trouble != null) {
            throw trouble;
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
    void returns_once_what_was_committed_before_is_on_disk() {
        disk.countDown();

        for (int commit = 1; commit <= 100; commit++) {
            committed.set(commit);
            group.awaitDurable();
            assertThat(onDisk).hasValue(commit);
        }
    }

    @Test
    void who_commits_during_a_flush_waits_for_the_next_and_all_of_them_share_it() throws Exception {
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

    /** What is on disk when the one who waits is released. */
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
    void tells_everybody_who_waits_that_the_disk_failed_and_tries_again_for_the_next() {
        disk.countDown();
        trouble = new IllegalStateException("No space left on device");
        assertThatThrownBy(group::awaitDurable).isInstanceOf(TransientDataAccessResourceException.class)
                .hasRootCauseMessage("No space left on device");

        trouble = null;
        committed.set(7);
        group.awaitDurable();

        assertThat(onDisk).hasValue(7);
    }

    @Test
    void tells_who_waits_and_who_comes_later_at_once_that_the_disk_cannot_be_written() throws Exception {
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
    void lets_nobody_wait_for_a_store_that_is_closed() throws InterruptedException {
        group.close();

        assertThatThrownBy(group::awaitDurable).isInstanceOf(TransientDataAccessResourceException.class);
    }
}
