package io.orderflow.payment.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.orderflow.payment.gateway.stripe.StripeSettings;
import io.orderflow.platform.spi.Durability;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StripeConfigurationTest {

    private static final String CHOSEN = "orderflow.payment.gateway.name=stripe";
    private static final String KEY = "orderflow.payment.stripe.api-key=sk_test_1";
    private static final String SECRET = "orderflow.payment.stripe.webhook-secret=whsec_1";
    private static final String RETURN = "orderflow.payment.stripe.return-url=https://shop.example/paid";

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withBean(RetryRegistry.class, RetryRegistry::ofDefaults)
            .withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults)
            .withBean(BulkheadRegistry.class, BulkheadRegistry::ofDefaults)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(Durability.class, () -> mock(Durability.class))
            .withUserConfiguration(GatewayConfiguration.class);

    @Test
    void is_the_sandbox_unless_told_otherwise() {
        context.withPropertyValues("orderflow.payment.gateway.callback-secret=whsec_1").run(started ->
                assertThat(started.getBean(PaymentGateway.class).name()).isEqualTo("sandbox"));
    }

    @Test
    void is_stripe_when_chosen() {
        context.withPropertyValues(CHOSEN, KEY, SECRET, RETURN).run(started ->
                assertThat(started.getBean(PaymentGateway.class).name()).isEqualTo("stripe"));
    }

    @Test
    void is_chosen_by_the_profile_without_the_embedded_sandbox() {
        context.withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.profiles.active=stripe", KEY, SECRET, RETURN).run(started -> {
                    assertThat(started.getBean(PaymentGateway.class).name()).isEqualTo("stripe");
                    assertThat(started.getEnvironment().getProperty("orderflow.sandbox.embedded")).isEqualTo("false");
                });
    }

    @Test
    void of_an_unknown_name_fails_and_says_which_there_are() {
        context.withPropertyValues("orderflow.payment.gateway.name=paypal").run(failed ->
                assertThat(failed).getFailure().rootCause().hasMessage("orderflow.payment.gateway.name is 'paypal'; "
                        + "set it to 'sandbox' or 'stripe'."));
    }

    @ParameterizedTest
    @CsvSource({"api-key, sk_...", "webhook-secret, whsec_...", "return-url, 3-D Secure"})
    void without_what_stripe_needs_fails_and_says_what_to_set(String missing, String hint) {
        var given = Stream.of(CHOSEN, KEY, SECRET, RETURN)
                .filter(property -> !property.contains(missing)).toArray(String[]::new);

        context.withPropertyValues(given).run(failed -> assertThat(failed).getFailure().rootCause()
                .hasMessageContaining("set orderflow.payment.stripe." + missing + ":").hasMessageContaining(hint));
    }

    @Test
    void with_a_blank_key_fails_too() {
        context.withPropertyValues(CHOSEN, "orderflow.payment.stripe.api-key= ", SECRET, RETURN)
                .run(failed -> assertThat(failed).hasFailed());
    }

    @Test
    void has_defaults_for_all_else_and_never_shows_its_secrets() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of("stripe.api-key", "sk_test_1",
                "stripe.webhook-secret", "whsec_1"))).bind("stripe", StripeSettings.class).get();

        assertThat(settings.baseUrl()).isEqualTo("https://api.stripe.com");
        assertThat(settings.lookBack()).hasDays(31);
        assertThat(settings.toString()).doesNotContain("sk_test_1").doesNotContain("whsec_1");
    }
}
