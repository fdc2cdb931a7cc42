package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may see and do what operators may. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessFlowTest {

    static final String PATH = "/v1/operations/gateway-work";

    private RunningOrderflow orderflow;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data);
        shop = orderflow.shop();
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Test
    void an_administrator_is_let_in_and_given_no_session() {
        var answer = as("admin", "admin", PATH);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"shop, shop, 403, forbidden", "staff, staff, 403, forbidden", "admin, shop, 401, unauthenticated",
            "nobody, admin, 401, unauthenticated"})
    void anybody_else_is_told_what_is_missing(String name, String password, int status, String code) {
        var answer = as(name, password, PATH);

        assertProblem(answer, status, code);
        assertThat(answer.header("WWW-Authenticate") != null).isEqualTo(status == 401);
    }

    @Test
    void whoever_sends_no_credentials_is_asked_for_them() {
        var request = shop.request(PATH);
        request.setHeader("Authorization", "");

        var answer = shop.send(request);

        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
    }

    @Test
    void paths_that_do_not_exist_are_no_way_around_it() {
        assertProblem(as("shop", "shop", "/v1/operations/nothing"), 403, "forbidden");
        assertProblem(as("shop", "shop", "/v1/operations"), 403, "forbidden");
    }

    @Test
    void everything_else_stays_open_whatever_is_sent() {
        assertThat(shop.get("/v1/orders").status()).isEqualTo(200);
        assertThat(as("nobody", "nothing", "/v1/orders").status()).isEqualTo(200);
        assertThat(shop.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void the_description_says_how_to_give_credentials() {
        var paths = shop.get("/openapi.json").expect(200).body().path("paths");

        assertThat(paths.path(PATH).path("get").path("security").path(0).has("basic")).isTrue();
    }

    private Shop.Answer as(String name, String password, String path) {
        var request = shop.request(path);
        request.setHeader("Authorization", Shop.basic(name, password));
        return shop.send(request);
    }

    private static void assertProblem(Shop.Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("type")).isEqualTo("/problems/" + code);
    }
}
