package io.orderflow.platform.security;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Authenticates callers by name and password, and by token when an issuer is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessProperties.class, ManagementServerProperties.class})
class AccessConfiguration {

    /** @throws DemoUsers.ExposedException when the passwords of reachable users are published */
    @Bean
    AuthenticationProvider localUsers(AccessProperties properties, ServerProperties server,
            ManagementServerProperties management) {
        DemoUsers.requireHidden(properties, server, management);
        return new LocalUsers(properties.users());
    }

    /**
     * Checks the path only. Header values may have bytes beyond ASCII (RFC 9110, section 5.5), parameters are checked
     * by {@code platform.web}, and an unknown method is answered 405.
     */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        return firewall;
    }

    /** Without protection against CSRF: there is no session, and {@code RequestChecks} refuses forged requests. */
    @Bean
    SecurityFilterChain access(HttpSecurity http, AccessProperties properties, ObjectProvider<JwtDecoder> tokens,
            @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> endpoints)
            throws Exception {
        JwtDecoder decoder = tokens.getIfAvailable();
        var problems = new AccessProblems(resolver, DemoUsers.areAmong(properties.users()), decoder != null);
        if (decoder != null) {
            http.oauth2ResourceServer(bearer -> bearer.authenticationEntryPoint(problems).accessDeniedHandler(problems)
                    .jwt(jwt -> jwt.decoder(new BoundedKeyLookups(decoder))
                            .jwtAuthenticationConverter(new TokenCallers(properties.rolesClaim())))
                    .withObjectPostProcessor(failingBy(problems)));
        }
        return http.authorizeHttpRequests(rules -> AccessRules.apply(rules, endpoints::getObject))
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .exceptionHandling(denied -> denied.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(SecurityHeaders::apply)
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** By default the filter rethrows the failure of an issuer, which would be answered 500. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> failingBy(AccessProblems problems) {
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
                filter.setAuthenticationFailureHandler(problems::commence);
                return filter;
            }
        };
    }
}
