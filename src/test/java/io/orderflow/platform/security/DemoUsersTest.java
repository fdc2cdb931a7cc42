package io.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class DemoUsersTest {

    private static final AccessProperties SHIPPED = shipped();
    /** The management endpoints at the port of all others. */
    private static final ManagementServerProperties WITH_THE_REST = new ManagementServerProperties();

    @Test
    void are_those_that_the_application_comes_with() {
        assertThat(SHIPPED.users()).hasSize(3).allSatisfy(user -> assertThat(DemoUsers.areAmong(List.of(user))).isTrue());
        assertThat(DemoUsers.areAmong(List.of(user("ada", "secret")))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(value = {"null", "0.0.0.0", "::", "10.1.2.3", "fe80::1"}, nullValues = "null")
    void keep_the_application_from_starting_where_others_can_reach_it(String address) throws Exception {
        assertThatThrownBy(() -> DemoUsers.requireHidden(SHIPPED, at(address), WITH_THE_REST))
                .isInstanceOf(DemoUsers.ExposedException.class)
                .hasMessageContaining(address == null ? "every address" : InetAddress.getByName(address).getHostAddress())
                .hasMessageContaining("[shop, staff, admin]");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1", "127.8.8.8"})
    void are_welcome_where_nobody_else_comes(String address) {
        assertThatCode(() -> DemoUsers.requireHidden(SHIPPED, at(address), WITH_THE_REST)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(value = {"null", "0.0.0.0", "10.1.2.3"}, nullValues = "null")
    void are_seen_at_the_port_of_the_management_endpoints_too(String address) throws Exception {
        var management = new ManagementServerProperties();
        management.setPort(9090);
        management.setAddress(address == null ? null : InetAddress.getByName(address));

        assertThatThrownBy(() -> DemoUsers.requireHidden(SHIPPED, at("127.0.0.1"), management))
                .isInstanceOf(DemoUsers.ExposedException.class);

        management.setAddress(InetAddress.getByName("127.0.0.1"));
        assertThatCode(() -> DemoUsers.requireHidden(SHIPPED, at("127.0.0.1"), management)).doesNotThrowAnyException();
    }

    @Test
    void are_taken_for_what_they_are_also_under_a_hash_or_a_name_of_ones_own() {
        assertThatThrownBy(() -> DemoUsers.requireHidden(access(false, user("ada", "ada"), user("bob", "secret")),
                at("0.0.0.0"), WITH_THE_REST)).hasMessageContaining("[ada]");
        assertThatThrownBy(() -> DemoUsers.requireHidden(access(false, new AccessProperties.User("root",
                SHIPPED.users().get(2).password(), List.of(Role.ADMIN))), at("0.0.0.0"), WITH_THE_REST))
                .hasMessageContaining("[root]");
    }

    @Test
    void of_which_there_are_none_or_that_are_wanted_keep_nothing_from_starting() {
        assertThatCode(() -> DemoUsers.requireHidden(access(false, user("ada", "secret")), at("0.0.0.0"), WITH_THE_REST))
                .doesNotThrowAnyException();
        assertThatCode(() -> DemoUsers.requireHidden(access(true, user("ada", "ada")), at("0.0.0.0"), WITH_THE_REST))
                .doesNotThrowAnyException();
        assertThat(bind(new MockEnvironment().withProperty("orderflow.security.users", "")).users()).isEmpty();
    }

    @Test
    void come_with_advice_when_they_are_exposed() {
        var analysis = new ExposedDemoUsersAnalyzer().analyze(
                new IllegalStateException(new DemoUsers.ExposedException(List.of("admin"), null)));

        assertThat(analysis.getDescription()).contains("every address").contains("[admin]");
        assertThat(analysis.getAction()).contains("orderflow.security.users").contains("--server.address=127.0.0.1")
                .contains("--orderflow.security.demo-users-everywhere=true");
    }

    private static AccessProperties access(boolean everywhere, AccessProperties.User... users) {
        return new AccessProperties(List.of(users), "roles", everywhere);
    }

    private static AccessProperties.User user(String name, String password) {
        return new AccessProperties.User(name, new BCryptPasswordEncoder(4).encode(password), List.of(Role.ADMIN));
    }

    private static ServerProperties at(String address) throws IOException {
        var server = new ServerProperties();
        server.setAddress(address == null ? null : InetAddress.getByName(address));
        return server;
    }

    private static AccessProperties shipped() {
        try {
            var environment = new StandardEnvironment();
            new YamlPropertySourceLoader().load("shipped", new ClassPathResource("application.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
            return bind(environment);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AccessProperties bind(ConfigurableEnvironment environment) {
        ConfigurationPropertySources.attach(environment);
        return new Binder(ConfigurationPropertySources.get(environment)).bindOrCreate("orderflow.security",
                AccessProperties.class);
    }
}
