package io.orderflow.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserRequestsTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "POST, cross-site, http://evil.example, http, localhost:8080",
        "POST, cross-site, -, http, localhost:8080",
        "DELETE, same-site, http://localhost:9999, http, localhost:8080",
        "PUT, same-site, -, http, localhost:8080",
        "PATCH, anything, -, http, localhost:8080",
        "POST, -, http://evil.example, http, localhost:8080",
        "POST, -, http://localhost:9999, http, localhost:8080",
        "POST, -, http://localhost, http, localhost:8080",
        "POST, -, https://localhost:8080, http, localhost:8080",
        "POST, -, http://127.0.0.1:8080, http, localhost:8080",
        "POST, -, null, http, localhost:8080",
        "POST, same-origin, null, http, localhost:8080",
        "POST, same-origin, http://evil.example, http, localhost:8080",
        "POST, -, '', http, localhost:8080",
        "POST, -, http://localhost:8080, http, -",
        "BREW, -, http://evil.example, http, localhost:8080"})
    void changes_of_another_origin_are_forged(String method, String site, String origin, String scheme, String host) {
        assertThat(BrowserRequests.isForged(method, site, origin, scheme, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "POST, -, -, http, localhost:8080",
        "POST, -, -, http, -",
        "POST, same-origin, http://localhost:8080, http, localhost:8080",
        "POST, none, -, http, localhost:8080",
        "POST, -, http://localhost:8080, http, LOCALHOST:8080",
        "POST, -, http://shop.example, http, shop.example:80",
        "POST, -, https://shop.example, https, shop.example:443",
        "POST, same-origin, https://shop.example, http, shop.example",
        "GET, cross-site, http://evil.example, http, localhost:8080",
        "HEAD, cross-site, -, http, localhost:8080",
        "OPTIONS, cross-site, http://evil.example, http, localhost:8080"})
    void what_our_pages_and_programs_send_is_not(String method, String site, String origin, String scheme, String host) {
        assertThat(BrowserRequests.isForged(method, site, origin, scheme, host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "LocalHost:1", "app.localhost:8080", "127.0.0.1:8080", "127.9.9.9",
        "[::1]:8080", "192.168.1.2:80"})
    void addresses_and_the_machine_itself_are_local(String host) {
        assertThat(BrowserRequests.isLocal(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example:8080",
        "127.0.0.1@evil.example", "notlocalhost", "", "localhost:8080.evil.example"})
    void names_of_others_are_not(String host) {
        assertThat(BrowserRequests.isLocal(host)).isFalse();
    }
}
