package io.orderflow.platform.spi;

import java.util.Optional;

/** Why event processors of this node do not get on. */
public interface ProcessorErrors {

    /** What the last batch of a segment has failed with, in words; empty when it went well, or another node works on it. */
    Optional<String> error(String processor, int segment);
}
