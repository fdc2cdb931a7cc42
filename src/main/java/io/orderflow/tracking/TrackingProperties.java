package io.orderflow.tracking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How live streams behave.
 *
 * @param heartbeat           how often a silent stream says that it is alive: only a write finds out that a reader has gone
 * @param maxStreams          how many may be open at once; the last tenth is for staff
 * @param maxStreamsPerCaller how many of them one caller may have
 */
@ConfigurationProperties("orderflow.tracking")
record TrackingProperties(@DefaultValue("15s") Duration heartbeat, @DefaultValue("500") int maxStreams,
        @DefaultValue("50") int maxStreamsPerCaller) {
}
