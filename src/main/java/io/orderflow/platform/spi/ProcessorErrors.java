package io.orderflow.platform.spi;

import java.util.Optional;

/** The failures of this node's event processors. */
public interface ProcessorErrors {

    /** The failure of a segment's last batch; empty when it succeeded or another node works on the segment. */
    Optional<String> error(String processor, int segment);
}
