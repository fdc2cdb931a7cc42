package io.orderflow.operations.rebuild;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the junction into the application's data source at which a rebuild leaves for its scratch database. */
@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {

    @Bean
    static BeanPostProcessor routedDataSource() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource store ? new RoutedDataSource(store) : bean;
            }
        };
    }
}
