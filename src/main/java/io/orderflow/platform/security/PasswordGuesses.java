package io.orderflow.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.security.core.AuthenticationException;

/**
 * Bounds how many passwords can be guessed, and what comparing them costs everybody else. A network has so many tries a
 * minute under one name, and so many in all. They are counted before the comparison, so that many at once are as many,
 * and counted off again when the password was right.
 *
 * <p>Nobody is locked out. A pair of name and password that was refused unseen is looked at when it comes again after
 * the pause that was told: whoever knows the password sends the same again, whoever guesses has to say each guess twice,
 * and of these, too, a network has so many a minute. Who is a user makes no difference.
 */
final class PasswordGuesses {

    static final int TRIES_OF_A_NAME = 10;
    static final int TRIES_OF_A_NETWORK = 60;
    static final int REPEATED_TRIES = 30;
    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int REMEMBERED = 20_000;
    private static final int WAITING = 32;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Ticker ticker;
    private final Cache<Key, AtomicInteger> tries;
    /** When a pair was refused. */
    private final Cache<String, Long> refused;
    /** The other processors are for those who are known. */
    private final Semaphore comparisons = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    PasswordGuesses(Ticker ticker) {
        this.ticker = ticker;
        tries = memory(ticker);
        refused = memory(ticker);
    }

    private static <K, V> Cache<K, V> memory(Ticker ticker) {
        return Caffeine.newBuilder().ticker(ticker).expireAfterWrite(WINDOW).maximumSize(REMEMBERED).build();
    }

    /** Too many wrong passwords came from there; the one that was sent was not looked at. */
    static final class TooMany extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        TooMany() {
            super("Too many failed sign-ins");
        }
    }

    /** @param name null for all names, and for whatever was said twice */
    private record Key(String network, String name, boolean repeated) {
    }

    /**
     * @param name       or what stands for it: strangers choose it, and it is kept
     * @param pair       stands for the name and the password
     * @param comparison throws when the password is wrong
     * @throws TooMany when there is no comparison
     */
    <T> T compare(String network, String name, String pair, Supplier<T> comparison) {
        var named = new Key(network, name, false);
        var all = new Key(network, null, false);
        if (count(named) > TRIES_OF_A_NAME || count(all) > TRIES_OF_A_NETWORK) {
            requireRepeated(network, pair);
        }
        T right = compare(comparison);
        tries.invalidate(named);
        AtomicInteger others = tries.getIfPresent(all);
        if (others != null) {
            others.decrementAndGet();
        }
        return right;
    }

    private int count(Key key) {
        return tries.get(key, first -> new AtomicInteger()).incrementAndGet();
    }

    private void requireRepeated(String network, String pair) {
        Long before = refused.asMap().putIfAbsent(pair, ticker.read());
        boolean again = before != null && ticker.read() - before >= PAUSE.toNanos();
        if (!again || count(new Key(network, null, true)) > REPEATED_TRIES) {
            throw new TooMany();
        }
        refused.invalidate(pair);
    }

    private <T> T compare(Supplier<T> comparison) {
        if (comparisons.getQueueLength() >= WAITING || !acquired()) {
            throw new TooMany();
        }
        try {
            return comparison.get();
        } finally {
            comparisons.release();
        }
    }

    private boolean acquired() {
        try {
            return comparisons.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
