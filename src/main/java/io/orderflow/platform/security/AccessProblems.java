package io.orderflow.platform.security;

import io.orderflow.platform.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Answers failed authentication and authorization with problem documents.
 *
 * @param demoUsers whether demo users are configured, which the console shows
 * @param tokens    whether bearer tokens are accepted
 */
record AccessProblems(HandlerExceptionResolver resolver, boolean demoUsers, boolean tokens)
        implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AccessProblems.class);
    private static final String BASIC = "Basic realm=\"orderflow\", charset=\"UTF-8\"";
    private static final String BASIC_BY_PAGE = "X" + BASIC;
    private static final String BEARER = "Bearer realm=\"orderflow\"";
    private static final String INVALID_TOKEN = BEARER + ", error=\"invalid_token\"";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
        resolver.resolveException(request, response, null, problem(request, failure));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied) {
        resolver.resolveException(request, response, null, Problems.exception(HttpStatus.FORBIDDEN, "forbidden",
                "The roles of '%s' do not allow this; GET /v1/me lists them.".formatted(request.getRemoteUser())));
    }

    private ErrorResponseException problem(HttpServletRequest request, AuthenticationException failure) {
        if (failure instanceof AuthenticationServiceException) {
            // No stack trace: anybody can cause any number of these
            LOG.warn("Answered 503: a bearer token could not be verified: {}", failure.getMessage());
            return Problems.exception(HttpStatus.SERVICE_UNAVAILABLE, "issuer_unavailable",
                    "The keys of the token's issuer are unavailable at the moment; send the same request again.");
        }
        if (failure instanceof PasswordGuesses.TooMany) {
            return Problems.exception(HttpStatus.TOO_MANY_REQUESTS, "too_many_failed_sign_ins",
                    "Too many wrong passwords from your address; this one was not checked. Send the same request again"
                            + " in %s seconds.".formatted(PasswordGuesses.PAUSE.toSeconds()));
        }
        boolean badToken = failure instanceof OAuth2AuthenticationException;
        var problem = Problems.exception(HttpStatus.UNAUTHORIZED, "unauthenticated", badToken
                ? "The bearer token is not valid: " + failure.getMessage()
                : "The credentials are missing or wrong. Send a user's name and password by HTTP Basic%s."
                        .formatted(tokens ? ", or a bearer token" : ""));
        if (demoUsers) {
            problem.getBody().setProperty("demo_users", true);
        }
        problem.getHeaders().add(HttpHeaders.WWW_AUTHENTICATE, isFromBrowser(request) ? BASIC_BY_PAGE : BASIC);
        if (tokens) {
            problem.getHeaders().add(HttpHeaders.WWW_AUTHENTICATE, badToken ? INVALID_TOKEN : BEARER);
        }
        return problem;
    }

    /**
     * Browsers get a challenge that they do not know: for {@code Basic} they would open a window and send the password
     * with every later request, whichever page makes it; the console has a form. They leave out {@code Sec-Fetch-Mode}
     * without TLS, except on the machine itself.
     */
    private static boolean isFromBrowser(HttpServletRequest request) {
        String agent = request.getHeader(HttpHeaders.USER_AGENT);
        return request.getHeader("Sec-Fetch-Mode") != null || request.getHeader("Sec-Fetch-Site") != null
                || "XMLHttpRequest".equals(request.getHeader("X-Requested-With"))
                || agent != null && agent.startsWith("Mozilla/");
    }
}
