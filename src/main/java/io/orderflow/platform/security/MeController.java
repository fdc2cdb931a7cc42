package io.orderflow.platform.security;

import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows callers their name and roles. */
@RestController
class MeController {

    /** @param roles the caller's, with all that they include */
    record Me(String name, List<Role> roles) {
    }

    @GetMapping("/v1/me")
    Me me(Authentication caller) {
        return new Me(caller.getName(), Role.of(caller.getAuthorities()));
    }
}
