package io.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class LocalUsersTest {

    /** Four times the work of the usual hash, so that nothing else shows in the time it takes. */
    private static final String HASH = new BCryptPasswordEncoder(12).encode("secret");

    private final LocalUsers users = new LocalUsers(List.of(new AccessProperties.User("ada", HASH, List.of(Role.STAFF))));

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
        Duration compared = time(() -> users.authenticate(credentials("ada", "secret")));

        assertThat(time(() -> {
            for (int request = 0; request < 50; request++) {
                users.authenticate(credentials("ada", "secret"));
            }
        })).isLessThan(compared);
        for (String name : List.of("ada", "ada", "nobody", "nobody")) {
            assertThat(time(() -> assertThatThrownBy(() -> users.authenticate(credentials(name, "guessed")))))
                    .as(name).isGreaterThan(compared.dividedBy(4));
        }
    }

    private static Authentication credentials(String name, String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    }

    private static Duration time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
