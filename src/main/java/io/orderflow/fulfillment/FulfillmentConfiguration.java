package io.orderflow.fulfillment;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the saga works with. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FulfillmentProperties.class)
class FulfillmentConfiguration {

    @Bean
    FulfillmentDeadlines fulfillmentDeadlines(Clock clock, FulfillmentProperties properties) {
        return new FulfillmentDeadlines(clock, properties);
    }
}
