package io.orderflow.tracking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of live streams.
 *
 * @param heartbeat           interval of heartbeats on an idle stream; only a write detects that the client is gone
 * @param maxStreams          open streams at a time; the last tenth is reserved for staff
 * @param maxStreamsPerCaller open streams of one caller
 */
@ConfigurationProperties("orderflow.tracking")
record TrackingProperties(@DefaultValue("15s") Duration heartbeat, @DefaultValue("500") int maxStreams,
        @DefaultValue("50") int maxStreamsPerCaller) {
}
