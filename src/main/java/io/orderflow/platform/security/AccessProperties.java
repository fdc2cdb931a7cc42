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
 * Local users, and how tokens are read.
 *
 * @param users               empty when all callers have tokens
 * @param rolesClaim          the claim of a token that lists the caller's roles
 * @param demoUsersEverywhere whether demo users are allowed at an address that other machines can reach
 */
@Validated
@ConfigurationProperties("orderflow.security")
record AccessProperties(@DefaultValue @Valid List<User> users, @DefaultValue("roles") @NotBlank String rolesClaim,
        @DefaultValue("false") boolean demoUsersEverywhere) {

    /**
     * @param name     shown in timelines; {@code system} is reserved for Orderflow itself
     * @param password bcrypt hash
     */
    record User(@NotBlank @Size(max = LONGEST_NAME)
            @Pattern(regexp = "(?!(?i)system$)[^:]*", message = "has no colon and is not 'system'") String name,
            @NotNull(message = NO_HASH) @Pattern(regexp = BCRYPT, message = NO_HASH) String password,
            @NotEmpty List<Role> roles) {

        private static final String BCRYPT = "\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}";
        private static final String NO_HASH = "has to be a bcrypt hash";

        /** Without the hash, which must not get into logs and failure reports. */
        @Override
        public String toString() {
            return "User[name=%s, roles=%s]".formatted(name, roles);
        }
    }

    /** Of users and of the subjects of tokens (OpenID Connect Core 1.0, section 2). */
    static final int LONGEST_NAME = 255;
}
