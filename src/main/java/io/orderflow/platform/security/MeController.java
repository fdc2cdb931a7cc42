package io.orderflow.platform.security;

import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers who they are taken for. */
@RestController
class MeController {

    /** @param roles those that the caller has, and all that they include */
    record Me(String name, List<Role> roles) {
    }

    @GetMapping("/v1/me")
    Me me(Authentication caller) {
        return new Me(caller.getName(), Role.of(caller.getAuthorities()));
    }
}
