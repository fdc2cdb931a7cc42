package io.orderflow.shared;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is counted as one client: an IPv4 address, or the network of 64 bits that one owner of IPv6 addresses has. */
public final class ClientNetwork {

    private static final int GROUPS = 8;
    private static final int NETWORK = 4;

    private ClientNetwork() {
    }

    /** @param address as text, with or without a zone; what is no IPv6 address is answered as it is */
    public static String of(String address) {
        if (address == null || !address.contains(":") || address.contains(".")) {
            return address;
        }
        String[] halves = address.split("%", 2)[0].split("::", 2);
        List<String> groups = new ArrayList<>(groups(halves[0]));
        List<String> last = halves.length < 2 ? List.of() : groups(halves[1]);
        while (groups.size() + last.size() < GROUPS) {
            groups.add("0");
        }
        groups.addAll(last);
        return String.join(":", groups.stream().limit(NETWORK)
                .map(group -> group.replaceFirst("^0+(?=.)", "")).toList()) + "::/64";
    }

    private static List<String> groups(String half) {
        return half.isEmpty() ? List.of() : Arrays.asList(half.split(":"));
    }
}
