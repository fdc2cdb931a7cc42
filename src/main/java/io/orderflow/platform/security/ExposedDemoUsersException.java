package io.orderflow.platform.security;

import java.net.InetAddress;
import java.util.List;

/** Others could come in by passwords that everybody knows, so that the application does not start. */
final class ExposedDemoUsersException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param address null for every address of the machine */
    ExposedDemoUsersException(List<String> users, InetAddress address) {
        super("Orderflow would listen at %s, which others than this machine can reach, while everybody knows the passwords of %s."
                .formatted(address == null ? "every address" : address.getHostAddress(), users));
    }
}
