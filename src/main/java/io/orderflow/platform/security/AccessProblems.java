package io.orderflow.platform.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.util.UriUtils;

/**
 * Says as a problem document who is missing: before any controller is reached, so that no advice can.
 *
 * @param demoUsers whether to tell that the demo users are let in
 * @param tokens    whether bearer tokens are taken
 */
record AccessProblems(ObjectMapper mapper, boolean demoUsers, boolean tokens)
        implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AccessProblems.class);
    private static final String RETRY_SECONDS = "5";
    private static final String BASIC = "Basic realm=\"orderflow\", charset=\"UTF-8\"";
    private static final String BASIC_BY_PAGE = "X" + BASIC;
    private static final String BEARER = "Bearer realm=\"orderflow\"";
    private static final String INVALID_TOKEN = BEARER + ", error=\"invalid_token\"";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException missing)
            throws IOException {
        if (missing instanceof AuthenticationServiceException) {
            undecided(request, response, missing);
            return;
        }
        if (missing instanceof PasswordGuesses.TooMany) {
            unseen(request, response);
            return;
        }
        boolean badToken = missing instanceof OAuth2AuthenticationException;
        challenge(request, response, badToken);
        var problem = problem(request, HttpStatus.UNAUTHORIZED, "unauthenticated", badToken
                ? "The bearer token is not valid: " + missing.getMessage()
                : "Send the name and password of a user by HTTP Basic%s; what was sent is missing or wrong."
                        .formatted(tokens ? ", or a bearer token" : ""));
        if (demoUsers) {
            problem.setProperty("demo_users", true);
        }
        write(response, problem);
    }

    /** Not the caller's fault, and no proof that the token is good. */
    private void undecided(HttpServletRequest request, HttpServletResponse response, AuthenticationException trouble)
            throws IOException {
        // without its stack: strangers can have as many as they like
        LOG.warn("A bearer token could not be verified: answered 503: {}", trouble.getMessage());
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        write(response, problem(request, HttpStatus.SERVICE_UNAVAILABLE, "issuer_unavailable",
                "The keys of the issuer of bearer tokens cannot be had at the moment; send the same request again."));
    }

    private void unseen(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long seconds = PasswordGuesses.PAUSE.toSeconds();
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        write(response, problem(request, HttpStatus.TOO_MANY_REQUESTS, "too_many_failed_sign_ins",
                "Too many wrong passwords come from your address, so that yours was not looked at; send the same request"
                        + " again in %s seconds.".formatted(seconds)));
    }

    /**
     * A browser gets a challenge that it does not know: its own window would ask for credentials that it remembers and
     * adds to whatever any page makes it send. The console asks by itself.
     */
    private void challenge(HttpServletRequest request, HttpServletResponse response, boolean badToken) {
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, isOfBrowser(request) ? BASIC_BY_PAGE : BASIC);
        if (tokens) {
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, badToken ? INVALID_TOKEN : BEARER);
        }
    }

    /** Browsers leave Sec-Fetch-Mode out where there is no TLS, but on the machine itself. */
    private static boolean isOfBrowser(HttpServletRequest request) {
        String agent = request.getHeader(HttpHeaders.USER_AGENT);
        return request.getHeader("Sec-Fetch-Mode") != null || request.getHeader("Sec-Fetch-Site") != null
                || "XMLHttpRequest".equals(request.getHeader("X-Requested-With"))
                || agent != null && agent.startsWith("Mozilla/");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        write(response, problem(request, HttpStatus.FORBIDDEN, "forbidden",
                "The roles of '%s' do not allow this; GET /v1/me lists them.".formatted(request.getRemoteUser())));
    }

    private static ProblemDetail problem(HttpServletRequest request, HttpStatus status, String code, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("/problems/" + code));
        problem.setInstance(URI.create(UriUtils.encodePath(request.getRequestURI(), "UTF-8")));
        problem.setProperty("code", code);
        return problem;
    }

    private void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        mapper.writeValue(response.getOutputStream(), problem);
    }
}
