package io.orderflow.packaged;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The users that the application knows unless told otherwise; each has its name as password. */
public enum DemoUser {
    SHOP, STAFF, ADMIN;

    /** What the user sends as {@code Authorization}. */
    public String authorization() {
        return basic(toString(), toString());
    }

    /** The header of HTTP Basic (RFC 7617). */
    public static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The user's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
