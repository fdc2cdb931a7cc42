package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.shared.RequestKeys;
import io.orderflow.shared.StorableInstant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Adds what all endpoints share to Spring MVC. Comes after Spring Boot, which offers every format on the class path. */
@Configuration(proxyBeanMethods = false)
@Order(1)
@EnableConfigurationProperties(WebLimits.class)
class WebConfiguration implements WebMvcConfigurer {

    private static final String API = "/v1/**";
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final AcceptedTypes accepted = new AcceptedTypes();
    private final WaitPreferenceArgumentResolver patiences;
    private final RequestKeys keys;
    private final ObjectMapper mapper;

    WebConfiguration(WaitPreferenceArgumentResolver patiences, RequestKeys keys, ObjectMapper mapper) {
        this.patiences = patiences;
        this.keys = keys;
        this.mapper = mapper;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(List.of(new RequestIdentities(keys), new Callers(), patiences, new ExpectedVersions()));
    }

    /** All formats that are read or written: JSON, and for pages and live streams text. */
    @Override
    public void configureMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.clear();
        converters.addAll(List.of(new ByteArrayHttpMessageConverter(),
                new StringHttpMessageConverter(StandardCharsets.UTF_8), new ResourceHttpMessageConverter(),
                new JsonMessages(mapper)));
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.strategies(List.of(accepted));
    }

    /** The container must not give up on a request before the longest wait that its caller may ask for. */
    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer support) {
        support.setDefaultTimeout(GRACE.plusSeconds(PreferWait.LONGEST_SECONDS).toMillis());
    }

    /** Has parameters read as they are in a body. */
    @Override
    public void addFormatters(FormatterRegistry formatters) {
        formatters.addConverter(String.class, Instant.class, StorableInstant::parse);
        formatters.addConverterFactory(new EnumerationTexts());
    }

    /** Spring Boot's welcome page answers whoever does not name HTML by an error without a document. */
    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addViewController("/").setViewName("forward:/index.html");
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new StrictParameters()).addPathPatterns(API);
        interceptors.addInterceptor(accepted).addPathPatterns(API);
        interceptors.addInterceptor(new JsonBodies()).addPathPatterns(API);
        interceptors.addInterceptor(new Retirements());
        interceptors.addInterceptor(new OperatorLog()).addPathPatterns(OperatorLog.PATHS);
    }
}
