package io.orderflow.platform.security;

import io.orderflow.platform.spi.Provenance;
import io.orderflow.shared.StorableText;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Converts a verified token to its caller: the subject, with the roles of a claim. */
final class TokenCallers implements Converter<Jwt, AbstractAuthenticationToken> {

    private final String rolesClaim;

    TokenCallers(String rolesClaim) {
        this.rolesClaim = rolesClaim;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > AccessProperties.LONGEST_NAME
                || !StorableText.isStorable(subject)
                || subject.equalsIgnoreCase(Provenance.SYSTEM)) {
            throw new InvalidBearerTokenException("The subject of the token is missing, too long or reserved");
        }
        return new JwtAuthenticationToken(token, Role.authorities(Role.named(roles(token))), subject);
    }

    /** A list, or names separated by blanks as in a scope. */
    private List<String> roles(Jwt token) {
        Object roles = token.getClaim(rolesClaim);
        return roles instanceof List<?> names ? names.stream().map(String::valueOf).toList()
                : roles instanceof String names ? Arrays.asList(names.split(" ")) : List.of();
    }
}
