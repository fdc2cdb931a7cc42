package io.orderflow.platform.security;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prevents a start with published passwords at an address that other machines can reach. */
final class ExposedDemoUsersException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ExposedDemoUsersException(List<String> users, @Nullable InetAddress address) {
        super("Orderflow would listen on %s, which other machines can reach, with published passwords of the users %s."
                .formatted(address == null ? "every address" : address.getHostAddress(), users));
    }
}
