package io.orderflow.platform.web;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Adds what all endpoints share to Spring MVC. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RateLimitProperties.class, WebLimits.class})
class WebConfiguration implements WebMvcConfigurer {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Patiences patiences;

    WebConfiguration(Patiences patiences) {
        this.patiences = patiences;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(List.of(new RequestIdentities(), new Callers(), patiences, new ExpectedVersions()));
    }

    /** The container must not give up on a request before the longest wait that its caller may ask for. */
    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer support) {
        support.setDefaultTimeout(GRACE.plusSeconds(PreferWait.LONGEST_SECONDS).toMillis());
    }

    /** Lets enumerations be written in a query as they are in a body, in small letters. */
    @Override
    public void addFormatters(FormatterRegistry formatters) {
        ApplicationConversionService.configure(formatters);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new KnownParametersOnly()).addPathPatterns("/v1/**");
        interceptors.addInterceptor(new Retirements());
        interceptors.addInterceptor(new OperatorLog()).addPathPatterns(OperatorLog.PATHS);
    }
}
