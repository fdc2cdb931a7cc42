package io.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

class LocalUsersTest {

    private static final int CHEAPEST = 4;
    private static final String HASH = new BCryptPasswordEncoder(CHEAPEST).encode("secret");

    private final AtomicInteger compared = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile CountDownLatch comparison = new CountDownLatch(0);
    private final LocalUsers users = new LocalUsers(List.of(new AccessProperties.User("ada", HASH, List.of(Role.STAFF))),
            new BCryptPasswordEncoder(CHEAPEST) {
                @Override
                public boolean matches(CharSequence password, String hash) {
                    compared.incrementAndGet();
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    awaitComparison();
                    running.decrementAndGet();
                    return super.matches(password, hash);
                }
            });

    @Test
    void come_in_by_their_password_with_all_that_their_role_includes() {
        Authentication ada = users.authenticate(credentials("ada", "secret"));

        assertThat(ada.isAuthenticated()).isTrue();
        assertThat(ada.getName()).isEqualTo("ada");
        assertThat(Role.of(ada.getAuthorities())).containsExactly(Role.SHOP, Role.STAFF);
        assertThat(ada.getCredentials()).isNull();
    }

    @Test
    void are_remembered_by_what_was_right_and_nothing_else() {
        users.authenticate(credentials("ada", "secret"));

        for (Authentication wrong : List.of(credentials("ada", "Secret"), credentials("ada", ""),
                credentials("ad", "a:secret"), credentials("bob", "secret"))) {
            assertThatThrownBy(() -> users.authenticate(wrong)).isInstanceOf(BadCredentialsException.class);
        }
        assertThat(users.authenticate(credentials("ada", "secret")).getDetails()).isNull();
    }

    @Test
    void pay_for_the_comparison_once_when_they_are_right_and_each_time_when_they_are_wrong() {
        for (int request = 0; request < 50; request++) {
            users.authenticate(credentials("ada", "secret"));
        }
        assertThat(compared).hasValue(1);

        for (String name : List.of("ada", "ada", "nobody", "nobody")) {
            assertThatThrownBy(() -> users.authenticate(credentials(name, "guessed")))
                    .isInstanceOf(BadCredentialsException.class);
        }
        assertThat(compared).as("whether there is such a user or not").hasValue(5);
    }

    @Test
    void who_come_with_many_requests_at_once_are_compared_once() throws Exception {
        comparison = new CountDownLatch(1);
        var threads = Executors.newCachedThreadPool();
        try {
            var requests = Stream.generate(() -> threads.submit(() -> users.authenticate(credentials("ada", "secret"))))
                    .limit(4 * PasswordGuesses.TRIES_OF_A_NAME).toList();
            await().until(() -> compared.get() == 1);
            comparison.countDown();

            for (var request : requests) {
                assertThat(request.get().getName()).isEqualTo("ada");
            }
            assertThat(compared).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_wrong_password_is_wrong_for_all_who_wait_for_its_comparison() throws Exception {
        comparison = new CountDownLatch(1);
        var threads = Executors.newCachedThreadPool();
        try {
            var requests = Stream.generate(() -> threads.submit(() -> users.authenticate(credentials("ada", "guessed"))))
                    .limit(5).toList();
            await().until(() -> compared.get() == 1);
            comparison.countDown();

            for (var request : requests) {
                assertThatThrownBy(request::get).hasCauseInstanceOf(BadCredentialsException.class);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void are_never_compared_on_all_processors_at_once_and_few_wait_for_that() throws Exception {
        comparison = new CountDownLatch(1);
        var threads = Executors.newCachedThreadPool();
        try {
            var requests = IntStream.range(0, 60).mapToObj(stranger -> threads.submit(() -> users.authenticate(from(
                    "10.0.0." + stranger, "name" + stranger)))).toList();
            await().untilAsserted(() -> assertThat(requests).filteredOn(Future::isDone).hasSizeGreaterThan(20));
            comparison.countDown();

            var reasons = new ArrayList<Class<?>>();
            for (var request : requests) {
                assertThatThrownBy(request::get).satisfies(refused -> reasons.add(refused.getCause().getClass()));
            }
            assertThat(reasons).contains(BadCredentialsException.class, PasswordGuesses.TooMany.class)
                    .containsOnly(BadCredentialsException.class, PasswordGuesses.TooMany.class);
            assertThat(most.get()).isPositive()
                    .isLessThanOrEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        } finally {
            threads.shutdownNow();
        }
    }

    private static Authentication from(String address, String name) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        var credentials = UsernamePasswordAuthenticationToken.unauthenticated(name, "guessed");
        credentials.setDetails(new WebAuthenticationDetails(request));
        return credentials;
    }

    private static Authentication credentials(String name, String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    }

    private void awaitComparison() {
        try {
            comparison.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
