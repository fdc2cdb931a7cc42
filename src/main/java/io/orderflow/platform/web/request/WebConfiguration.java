package io.orderflow.platform.web.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.platform.spi.StorableInstant;
import io.orderflow.platform.spi.WaitPreference;
import io.orderflow.platform.web.connector.WebLimits;
import io.orderflow.shared.Caller;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.RequestIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.HttpHeaders;
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

/** Configures Spring MVC, after Spring Boot, which adds a format for each library on the class path. */
@Configuration(proxyBeanMethods = false)
@Order(1)
@EnableConfigurationProperties(WebLimits.class)
class WebConfiguration implements WebMvcConfigurer {

    private static final String API = "/v1/**";
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final AcceptedTypes accepted = new AcceptedTypes();
    private final WaitPreferences waits;
    private final RequestIdentities identities;
    private final ObjectMapper mapper;

    WebConfiguration(WaitPreferences waits, RequestIdentities identities, ObjectMapper mapper) {
        this.waits = waits;
        this.identities = identities;
        this.mapper = mapper;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(List.of(
                new TypedArgumentResolver<>(Caller.class, request -> Callers.of(request.getRequest())),
                new TypedArgumentResolver<>(RequestIdentity.class, request -> identities.of(request.getRequest())),
                new TypedArgumentResolver<>(WaitPreference.class, waits::of),
                new TypedArgumentResolver<>(ExpectedVersion.class, request -> ExpectedVersions.of(
                        Collections.list(request.getRequest().getHeaders(HttpHeaders.IF_MATCH))))));
    }

    /** JSON; bytes, text and resources for pages and live streams. */
    @Override
    public void configureMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.clear();
        converters.addAll(List.of(new ByteArrayHttpMessageConverter(),
                new StringHttpMessageConverter(StandardCharsets.UTF_8), new ResourceHttpMessageConverter(),
                new JsonMessageConverter(mapper)));
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.strategies(List.of(accepted));
    }

    /** Longer than the longest wait that a caller may ask for. */
    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer support) {
        support.setDefaultTimeout(GRACE.plusSeconds(WaitPreferences.LONGEST_SECONDS).toMillis());
    }

    /** Enumerations in lower case, after {@link StrictParameters} has checked the spelling. */
    @Override
    public void addFormatters(FormatterRegistry formatters) {
        ApplicationConversionService.addApplicationConverters(formatters);
        formatters.addConverter(String.class, Instant.class, StorableInstant::parse);
    }

    /** Spring Boot's welcome page is not found by clients that do not accept HTML. */
    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addViewController("/").setViewName("forward:/index.html");
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new StrictParameters()).addPathPatterns(API);
        interceptors.addInterceptor(accepted).addPathPatterns(API);
        interceptors.addInterceptor(new JsonBodies()).addPathPatterns(API);
        interceptors.addInterceptor(new OperatorLog()).addPathPatterns(OperatorLog.PATHS);
    }
}
