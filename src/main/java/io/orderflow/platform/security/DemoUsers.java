package io.orderflow.platform.security;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Users with published passwords, for trying Orderflow out on one machine only. */
final class DemoUsers {

    /** The hashes of {@code application.yaml}. */
    private static final Set<String> PUBLISHED = Set.of(
            "$2a$10$sDVLZezvdizr0KSX8X9AeexiJatJ5URTygk7SdEN4brhAIDsLZ4mK",
            "$2a$10$VNh.h7UwH8OPd1fRhv/qAu41Qal.Y9k4LNuzei6KUdYDPzrRkWXCO",
            "$2a$10$MqPFg7SFa2bECRA8RluIU.6IwFlh1.XkK9V3Z4PEdXRis4ogAJYR6");

    private DemoUsers() {
    }

    /** Prevents a start with published passwords at an address that other machines can reach. */
    static final class ExposedException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        ExposedException(List<String> users, @Nullable InetAddress address) {
            super("Orderflow would listen on %s, which other machines can reach, with published passwords of %s."
                    .formatted(address == null ? "every address" : address.getHostAddress(), users));
        }
    }

    static boolean areAmong(List<AccessProperties.User> users) {
        return users.stream().anyMatch(DemoUsers::isPublished);
    }

    /**
     * @param management may have a port of its own, with its own address (by default all addresses)
     * @throws ExposedException when other machines can reach the application and the password of a user is published,
     *                          or the user's name
     */
    static void requireHidden(AccessProperties access, ServerProperties server,
            ManagementServerProperties management) {
        requireHidden(access, server.getAddress());
        if (management.getPort() != null && management.getPort() >= 0
                && !management.getPort().equals(server.getPort())) {
            requireHidden(access, management.getAddress());
        }
    }

    private static void requireHidden(AccessProperties access, @Nullable InetAddress address) {
        boolean reachable = address == null || !address.isLoopbackAddress();
        if (reachable && !access.demoUsersEverywhere()) {
            List<String> exposed = access.users().stream().filter(DemoUsers::isEasilyGuessed)
                    .map(AccessProperties.User::name).toList();
            if (!exposed.isEmpty()) {
                throw new ExposedException(exposed, address);
            }
        }
    }

    private static boolean isEasilyGuessed(AccessProperties.User user) {
        return isPublished(user) || BCrypt.checkpw(user.name(), user.password());
    }

    private static boolean isPublished(AccessProperties.User user) {
        return PUBLISHED.contains(user.password());
    }
}
