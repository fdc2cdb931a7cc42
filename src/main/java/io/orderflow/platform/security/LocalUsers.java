package io.orderflow.platform.security;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.orderflow.platform.spi.DaemonThreads;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Authenticates the configured users by name and password.
 *
 * <p>A bcrypt comparison costs tens of milliseconds of CPU on purpose, and every request has credentials. A right pair
 * of name and password is cached, as a hash under a key that never leaves the process: users change only with a
 * restart. A wrong pair is not; {@link PasswordGuesses} limits how many are compared, half of the processors compare at
 * once, and concurrent requests with the same pair share one comparison.
 */
final class LocalUsers implements AuthenticationProvider {

    private static final int CACHED = 1_000;
    private static final int QUEUED_COMPARISONS = 32;
    private static final int LONGEST_WAIT_SECONDS = 5;
    /** Requests that wait for a comparison at once. */
    private static final int MOST_WAITING = 100;
    private static final String HMAC = "HmacSHA256";

    private final DaoAuthenticationProvider bcrypt;
    private final AsyncCache<String, UserDetails> right = Caffeine.newBuilder().maximumSize(CACHED).buildAsync();
    private final PasswordGuesses guesses = new PasswordGuesses(Ticker.systemTicker());
    private final ThreadPoolExecutor comparisons;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final SecretKeySpec key;

    LocalUsers(List<AccessProperties.User> users) {
        this(users, new BCryptPasswordEncoder(strength(users)));
    }

    LocalUsers(List<AccessProperties.User> users, PasswordEncoder passwords) {
        bcrypt = new DaoAuthenticationProvider(new InMemoryUserDetailsManager(users.stream().map(LocalUsers::details)
                .toList()));
        bcrypt.setPasswordEncoder(passwords);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, HMAC);
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        comparisons = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(QUEUED_COMPARISONS), DaemonThreads.named("password-comparison"));
        comparisons.allowCoreThreadTimeOut(true);
    }

    /** Of the hash that is compared for an unknown user: as slow as those of the users. */
    private static int strength(List<AccessProperties.User> users) {
        return users.stream().mapToInt(user -> Integer.parseInt(user.password().substring(4, 6))).max().orElse(10);
    }

    private static UserDetails details(AccessProperties.User user) {
        return User.withUsername(user.name()).password(user.password()).authorities(Role.authorities(user.roles()))
                .build();
    }

    @Override
    public boolean supports(Class<?> credentials) {
        return bcrypt.supports(credentials);
    }

    @Override
    public Authentication authenticate(Authentication credentials) {
        String pair = hash(credentials.getName(), (String) credentials.getCredentials());
        UserDetails user = await(right.get(pair, (absent, executor) -> compare(credentials, pair)));
        if (user == null) {
            throw new BadCredentialsException("Wrong name or password");
        }
        return UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
    }

    /** Completes with null when the pair is wrong, which is not cached. */
    private CompletableFuture<@Nullable UserDetails> compare(Authentication credentials, String pair) {
        String name = hash(credentials.getName(), "");
        String network = credentials.getDetails() instanceof WebAuthenticationDetails web
                ? PasswordGuesses.network(web.getRemoteAddress()) : "";
        guesses.count(network, name, pair);
        try {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    var user = (UserDetails) bcrypt.authenticate(credentials).getPrincipal();
                    guesses.forget(network, name);
                    return user;
                } catch (BadCredentialsException wrong) {
                    return null;
                }
            }, comparisons);
        } catch (RejectedExecutionException full) {
            throw new PasswordGuesses.TooMany();
        }
    }

    private @Nullable UserDetails await(CompletableFuture<@Nullable UserDetails> comparison) {
        if (comparison.isDone()) {
            return comparison.join();
        }
        if (!waiting.tryAcquire()) {
            throw new PasswordGuesses.TooMany();
        }
        try {
            return comparison.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PasswordGuesses.TooMany();
        } catch (TimeoutException busy) {
            throw new PasswordGuesses.TooMany();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("A password could not be compared", failure);
        } finally {
            waiting.release();
        }
    }

    /** Names have no colon: no two pairs have the same text. */
    private String hash(String name, String password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((name + ':' + password).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java runtime has " + HMAC, e);
        }
    }
}
