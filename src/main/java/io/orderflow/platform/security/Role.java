package io.orderflow.platform.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What somebody may do; each role may do what those before it may. {@code docs/access.md} has the table. */
enum Role {
    /** Places orders, and sees and cancels its own. */
    @JsonProperty("shop") SHOP,
    /** Sees all orders, dispatches, moves stock and money. */
    @JsonProperty("staff") STAFF,
    /** Operates Orderflow itself. */
    @JsonProperty("admin") ADMIN;

    private static final String PREFIX = "ROLE_";

    /** What the holder of these roles is granted: them and all that they include. */
    static List<GrantedAuthority> authorities(Collection<Role> roles) {
        return Stream.of(values()).filter(role -> roles.stream().anyMatch(held -> held.includes(role)))
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(PREFIX + role)).toList();
    }

    /** The roles behind what somebody is granted. */
    static List<Role> of(Collection<? extends GrantedAuthority> authorities) {
        return Stream.of(values()).filter(role -> authorities.stream()
                .anyMatch(granted -> granted.getAuthority().equals(PREFIX + role))).toList();
    }

    /** The roles of these names, in large or small letters; names of no role are left out. */
    static List<Role> named(Collection<String> names) {
        return Arrays.stream(values()).filter(role -> names.stream().anyMatch(role.name()::equalsIgnoreCase)).toList();
    }

    private boolean includes(Role other) {
        return other.ordinal() <= ordinal();
    }
}
