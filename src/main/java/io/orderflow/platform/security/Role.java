package io.orderflow.platform.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Roles of callers; each includes those before it. {@code docs/access.md} lists their permissions. */
enum Role {
    /** Places orders; sees, cancels and returns its own. */
    @JsonProperty("shop") SHOP,
    /** Sees all orders; dispatches them, moves stock and money. */
    @JsonProperty("staff") STAFF,
    /** Operates Orderflow itself. */
    @JsonProperty("admin") ADMIN;

    private static final String PREFIX = "ROLE_";

    /** The authorities of these roles and of all that they include. */
    static List<GrantedAuthority> authorities(Collection<Role> roles) {
        return Stream.of(values()).filter(role -> roles.stream().anyMatch(held -> held.includes(role)))
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(PREFIX + role)).toList();
    }

    /** The roles of these authorities. */
    static List<Role> of(Collection<? extends GrantedAuthority> authorities) {
        return Stream.of(values()).filter(role -> authorities.stream()
                .anyMatch(granted -> granted.getAuthority().equals(PREFIX + role))).toList();
    }

    /** The roles of these names, case-insensitively; other names are left out. */
    static List<Role> named(Collection<String> names) {
        return Arrays.stream(values()).filter(role -> names.stream().anyMatch(role.name()::equalsIgnoreCase)).toList();
    }

    private boolean includes(Role other) {
        return other.ordinal() <= ordinal();
    }
}
