package io.orderflow.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;

/**
 * Limits password guesses of a network: per minute so many for one name and so many for all. A guess counts before the
 * comparison, so that concurrent ones count, too, and no longer once the password has turned out to be right.
 *
 * <p>Nobody is locked out. Beyond the limits a pair of name and password is compared when it is sent again after the
 * pause: a user just repeats the request, and a guesser needs two requests for each guess, of which so many are
 * compared per minute. It makes no difference whether the user exists.
 */
final class PasswordGuesses {

    static final int TRIES_OF_A_NAME = 10;
    static final int TRIES_OF_A_NETWORK = 60;
    static final int REPEATED_TRIES = 30;
    static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int REMEMBERED = 20_000;
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    private final Ticker ticker;
    private final Cache<Key, AtomicInteger> tries;
    /** Pairs that were refused, and when. */
    private final Cache<String, Long> refused;

    PasswordGuesses(Ticker ticker) {
        this.ticker = ticker;
        tries = memory(ticker);
        refused = memory(ticker);
    }

    private static <K, V> Cache<K, V> memory(Ticker ticker) {
        return Caffeine.newBuilder().ticker(ticker).expireAfterWrite(WINDOW).maximumSize(REMEMBERED).build();
    }

    /** The network has guessed too often; the password was not compared. */
    static final class TooMany extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        TooMany() {
            super("Too many failed sign-ins");
        }
    }

    /** @param name null for all names and for repeated guesses */
    private record Key(String network, @Nullable String name, boolean repeated) {
    }

    /**
     * Counts a guess.
     *
     * @param name hash of the name, which strangers choose
     * @param pair hash of name and password
     * @throws TooMany when it must not be compared
     */
    void count(String network, String name, String pair) {
        boolean beyond = increment(new Key(network, name, false)) > TRIES_OF_A_NAME
                || increment(new Key(network, null, false)) > TRIES_OF_A_NETWORK;
        if (beyond) {
            Long before = refused.asMap().putIfAbsent(pair, ticker.read());
            boolean again = before != null && ticker.read() - before >= PAUSE.toNanos();
            if (!again || increment(new Key(network, null, true)) > REPEATED_TRIES) {
                throw new TooMany();
            }
            refused.invalidate(pair);
        }
    }

    private int increment(Key key) {
        return tries.get(key, first -> new AtomicInteger()).incrementAndGet();
    }

    /** A counted guess was right. */
    void forget(String network, String name) {
        tries.invalidate(new Key(network, name, false));
        AtomicInteger all = tries.getIfPresent(new Key(network, null, false));
        if (all != null) {
            all.decrementAndGet();
        }
    }

    /** The address itself, or the /64 that one owner of IPv6 addresses has. */
    static String network(String address) {
        String literal = address.split("%", 2)[0];
        if (!IPV6.matcher(literal).matches()) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(literal).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) : address;
        } catch (UnknownHostException malformed) {
            return address;
        }
    }
}
