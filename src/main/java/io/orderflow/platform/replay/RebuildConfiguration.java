package io.orderflow.platform.replay;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the junction into the application's data source at which a rebuild leaves for its scratch database. */
@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {

    /** One node of all runs it, where the last one has ended. It comes lazily: it needs the processors, which start later. */
    @Bean
    Task<SkippedOrders.Checked> skippedOrderRounds(@Value("${orderflow.skipped-orders.every:1m}") Duration every,
            ObjectProvider<SkippedOrders> orders) {
        return Tasks.recurring("skipped-orders", FixedDelay.of(every), SkippedOrders.Checked.class)
                .initialData(SkippedOrders.Checked.NOTHING)
                .executeStateful((instance, context) -> orders.getObject().look(instance.getData()));
    }

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
