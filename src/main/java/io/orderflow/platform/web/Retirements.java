package io.orderflow.platform.web;

import io.orderflow.platform.spi.Retired;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Tells callers of a {@link Retired} method that they should leave it, until when, and for what. */
final class Retirements implements HandlerInterceptor {

    static final String DEPRECATION = "Deprecation";
    static final String SUNSET = "Sunset";
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && method.getMethodAnnotation(Retired.class) != null) {
            announce(method.getMethodAnnotation(Retired.class), response);
        }
        return true;
    }

    private static void announce(Retired retired, HttpServletResponse response) {
        response.setHeader(DEPRECATION, "@" + beginning(retired.since()).toEpochSecond());
        if (!retired.sunset().isEmpty()) {
            response.setHeader(SUNSET, HTTP_DATE.format(beginning(retired.sunset())));
        }
        if (!retired.successor().isEmpty()) {
            response.addHeader(HttpHeaders.LINK, "<%s>; rel=\"successor-version\"".formatted(retired.successor()));
        }
    }

    private static ZonedDateTime beginning(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC);
    }
}
