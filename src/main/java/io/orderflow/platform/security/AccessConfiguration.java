package io.orderflow.platform.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Lets in whoever says who they are: by name and password, or by a token when an issuer is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessProperties.class, ManagementServerProperties.class})
class AccessConfiguration {

    /** @throws ExposedDemoUsersException when strangers could come in as one of them */
    @Bean
    AuthenticationProvider localUsers(AccessProperties properties, ServerProperties server,
            ManagementServerProperties management) {
        DemoUsers.requireHidden(properties, server, management);
        return new LocalUsers(properties.users());
    }

    /**
     * Guards the path. Headers may have bytes beyond ASCII (RFC 9110, section 5.5), Tomcat refuses those that may not be;
     * parameters are read by {@code platform.web}; and a method that there is none of is answered as such.
     */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        return firewall;
    }

    /** Credentials come with each request; what a browser remembers of them is no use to a forged one (TrustedOrigins). */
    @Bean
    SecurityFilterChain access(HttpSecurity http, AccessProperties properties, ObjectMapper mapper,
            ObjectProvider<JwtDecoder> tokens,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> endpoints)
            throws Exception {
        JwtDecoder decoder = tokens.getIfAvailable();
        boolean tokensAreTaken = decoder != null;
        var problems = new AccessProblems(mapper, DemoUsers.areAmong(properties.users()), tokensAreTaken);
        if (tokensAreTaken) {
            http.oauth2ResourceServer(bearer -> bearer.authenticationEntryPoint(problems).accessDeniedHandler(problems)
                    .jwt(jwt -> jwt.decoder(new BoundedKeyLookups(decoder))
                            .jwtAuthenticationConverter(new TokenCallers(properties.rolesClaim())))
                    .withObjectPostProcessor(failingBy(problems)));
        }
        return http.authorizeHttpRequests(rules -> AccessRules.apply(rules, new UnruledRequests(endpoints::getObject)))
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .exceptionHandling(denied -> denied.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(SecurityHeaders::apply)
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** The filter would throw what is nobody's fault, and the caller would be told of an unexpected error. */
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
