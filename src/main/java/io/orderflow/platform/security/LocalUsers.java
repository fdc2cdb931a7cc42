package io.orderflow.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.orderflow.shared.ClientNetwork;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * The users of the configuration, by name and password.
 *
 * <p>A password is compared by bcrypt, which costs tens of milliseconds of CPU on purpose, and comes with every request.
 * So a pair that was right is remembered, as a hash under a key that never leaves the process, and costs nothing more:
 * the users change only with a restart. A wrong one is not: each guess costs its full price, whether there is such a
 * user or not, and {@link PasswordGuesses} bounds how many there are.
 */
final class LocalUsers implements AuthenticationProvider {

    private static final int MOST = 1_000;
    /** Half of Tomcat's threads: strangers cannot have all of them wait. */
    private static final int MOST_WAITING = 100;
    private static final String HMAC = "HmacSHA256";

    private final DaoAuthenticationProvider bcrypt;
    private final Cache<String, UserDetails> right = Caffeine.newBuilder().maximumSize(MOST).build();
    private final PasswordGuesses guesses = new PasswordGuesses(Ticker.systemTicker());
    private final ConcurrentMap<String, CompletableFuture<UserDetails>> comparisons = new ConcurrentHashMap<>();
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
    }

    /** Of the dummy that is compared when there is no such user: as strong as the users' own. */
    private static int strength(List<AccessProperties.User> users) {
        return users.stream().mapToInt(user -> Integer.parseInt(user.password().substring(4, 6))).max().orElse(10);
    }

    private static UserDetails details(AccessProperties.User user) {
        return User.withUsername(user.name()).password(user.password()).authorities(Role.authorities(user.roles()))
                .build();
    }

    @Override
    public Authentication authenticate(Authentication credentials) {
        String pair = hash(credentials.getName(), (String) credentials.getCredentials());
        UserDetails known = right.getIfPresent(pair);
        if (known == null) {
            known = compareOnce(credentials, pair);
        }
        return UsernamePasswordAuthenticationToken.authenticated(known, null, known.getAuthorities());
    }

    /** Requests that come at once with the same pair share one comparison, and are one guess. */
    private UserDetails compareOnce(Authentication credentials, String pair) {
        String network = network(credentials);
        var own = new CompletableFuture<UserDetails>();
        CompletableFuture<UserDetails> underWay = comparisons.putIfAbsent(network + pair, own);
        if (underWay != null) {
            return await(underWay);
        }
        try {
            UserDetails known = guesses.compare(network, hash(credentials.getName(), ""), pair,
                    () -> (UserDetails) bcrypt.authenticate(credentials).getPrincipal());
            right.put(pair, known);
            own.complete(known);
            return known;
        } catch (RuntimeException refused) {
            own.completeExceptionally(refused);
            throw refused;
        } finally {
            comparisons.remove(network + pair);
        }
    }

    private UserDetails await(CompletableFuture<UserDetails> underWay) {
        if (!waiting.tryAcquire()) {
            throw new PasswordGuesses.TooMany();
        }
        try {
            return underWay.join();
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof AuthenticationException cause ? cause : refused;
        } finally {
            waiting.release();
        }
    }

    private static String network(Authentication credentials) {
        return credentials.getDetails() instanceof WebAuthenticationDetails web
                ? ClientNetwork.of(web.getRemoteAddress()) : "";
    }

    @Override
    public boolean supports(Class<?> credentials) {
        return bcrypt.supports(credentials);
    }

    /** A name has no colon, so that no two pairs are written alike. */
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
