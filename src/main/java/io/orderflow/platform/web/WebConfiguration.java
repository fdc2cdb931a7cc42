package io.orderflow.platform.web;

import java.util.List;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Adds what all endpoints share to Spring MVC. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new RequestIdentities());
        resolvers.add(new Callers());
    }

    /** Lets enumerations be written in a query as they are in a body, in small letters. */
    @Override
    public void addFormatters(FormatterRegistry formatters) {
        ApplicationConversionService.configure(formatters);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new KnownParametersOnly()).addPathPatterns("/v1/**");
    }
}
