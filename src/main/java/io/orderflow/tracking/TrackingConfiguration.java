package io.orderflow.tracking;

import io.orderflow.platform.spi.DaemonThreads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What live streams work with. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrackingProperties.class)
class TrackingConfiguration {

    private static final int FEED_READERS = 2;
    private static final int IDLE_SECONDS = 10;

    /**
     * A thread for each stream that has something to write: a slow reader holds up no other. A thread hands its stream
     * over to the next one before it is free itself, so that each stream has a place in the queue, too.
     */
    @Bean
    ThreadPoolTaskExecutor streamWriters(TrackingProperties properties) {
        var writers = new ThreadPoolTaskExecutor();
        writers.setThreadNamePrefix("stream-");
        writers.setCorePoolSize(properties.maxStreams());
        writers.setMaxPoolSize(properties.maxStreams());
        writers.setQueueCapacity(properties.maxStreams());
        writers.setAllowCoreThreadTimeOut(true);
        writers.setKeepAliveSeconds(IDLE_SECONDS);
        writers.setDaemon(true);
        return writers;
    }

    /** At most one page a stream is waited for; stopped without an interrupt, which would close an H2 file for everybody. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService feedReaders() {
        return Executors.newFixedThreadPool(FEED_READERS, DaemonThreads.named("feed"));
    }

    @Bean
    WebMvcConfigurer streaming(@Qualifier("streamWriters") AsyncTaskExecutor streamWriters) {
        return new WebMvcConfigurer() {
            @Override
            public void configureAsyncSupport(AsyncSupportConfigurer async) {
                async.setTaskExecutor(streamWriters);
            }
        };
    }
}
