package io.orderflow.platform.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The users that Orderflow knows by itself, and how it reads the tokens of others.
 *
 * @param users              none when all come with tokens
 * @param rolesClaim         the claim of a token that lists the caller's roles
 * @param demoUsersEverywhere whether demo users are let in at an address that others than this machine can reach
 */
@Validated
@ConfigurationProperties("orderflow.security")
record AccessProperties(@DefaultValue @Valid List<User> users, @DefaultValue("roles") @NotBlank String rolesClaim,
        @DefaultValue("false") boolean demoUsersEverywhere) {

    /**
     * @param name     told to shops in timelines; {@code system} is Orderflow itself
     * @param password as a bcrypt hash, never in clear
     */
    record User(@NotBlank @Size(max = LONGEST_NAME)
            @Pattern(regexp = "(?!(?i)system$)[^:]*", message = "has no colon and is not 'system'") String name,
            @NotNull(message = NO_HASH) @Pattern(regexp = BCRYPT, message = NO_HASH) String password,
            @NotEmpty List<Role> roles) {

        private static final String BCRYPT = "\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}";
        private static final String NO_HASH = "has to be a bcrypt hash";

        /** The hash stays out of logs and failure reports. */
        @Override
        public String toString() {
            return "User[name=%s, roles=%s]".formatted(name, roles);
        }
    }

    /** Of a user, and of a token's subject (OpenID Connect Core 1.0, section 2). */
    static final int LONGEST_NAME = 255;
}
