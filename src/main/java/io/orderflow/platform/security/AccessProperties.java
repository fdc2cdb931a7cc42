package io.orderflow.platform.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** The users that Orderflow knows by itself. */
@Validated
@ConfigurationProperties("orderflow.security")
record AccessProperties(@NotEmpty @Valid List<User> users) {

    /**
     * @param password as a bcrypt hash, never in clear
     * @param roles    in capitals
     */
    record User(@NotBlank String name,
            @Pattern(regexp = "\\$2[aby]\\$\\d\\d\\$.{53}", message = "has to be a bcrypt hash") String password,
            @NotEmpty List<String> roles) {

        /** The hash stays out of logs and failure reports. */
        @Override
        public String toString() {
            return "User[name=%s, roles=%s]".formatted(name, roles);
        }
    }
}
