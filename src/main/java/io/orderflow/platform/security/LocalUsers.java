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
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.authentication.AuthenticationProvider;
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
 * The users of the configuration, by name and password.
 *
 * <p>A password is compared by bcrypt, which costs tens of milliseconds of CPU on purpose, and comes with every request.
 * So a pair that was right is remembered, as a hash under a key that never leaves the process, and costs nothing more:
 * the users change only with a restart. A wrong one is not: each guess costs its full price, whether there is such a
 * user or not, and {@link PasswordGuesses} bounds how many there are.
 */
final class LocalUsers implements AuthenticationProvider {

    private static final int MOST = 1_000;
    private static final String HMAC = "HmacSHA256";

    private final DaoAuthenticationProvider bcrypt;
    private final Cache<String, UserDetails> right = Caffeine.newBuilder().maximumSize(MOST).build();
    private final PasswordGuesses guesses = new PasswordGuesses(Ticker.systemTicker());
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
            known = guesses.compare(network(credentials), hash(credentials.getName(), ""), pair,
                    () -> (UserDetails) bcrypt.authenticate(credentials).getPrincipal());
            right.put(pair, known);
        }
        return UsernamePasswordAuthenticationToken.authenticated(known, null, known.getAuthorities());
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
