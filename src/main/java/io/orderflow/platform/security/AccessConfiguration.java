package io.orderflow.platform.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Keeps the operators' API for administrators; no other path is looked at, so that none pays for bcrypt. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {

    private static final String OPERATIONS = "/v1/operations/**";

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    UserDetailsService users(AccessProperties properties) {
        return new InMemoryUserDetailsManager(properties.users().stream().map(AccessConfiguration::details).toList());
    }

    private static UserDetails details(AccessProperties.User user) {
        return User.withUsername(user.name()).password(user.password()).roles(user.roles().toArray(String[]::new))
                .build();
    }

    /** Credentials come with each request: there is nothing in a browser that a forged request could borrow. */
    @Bean
    SecurityFilterChain operatorsOnly(HttpSecurity http, ObjectMapper mapper) throws Exception {
        var problems = new AccessProblems(mapper);
        return http.securityMatcher(OPERATIONS)
                .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("ADMIN"))
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .exceptionHandling(denied -> denied.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }
}
