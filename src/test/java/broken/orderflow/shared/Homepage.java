package broken.orderflow.shared;

import java.net.URI;

/** A value that can open a connection. */
public record Homepage(URI address) {
}
