package io.orderflow.sandbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Whether the application brings its own sandbox gateway, where, and how it behaves. */
@ConfigurationProperties("orderflow.sandbox")
record SandboxProperties(@DefaultValue("true") boolean embedded,
                         @DefaultValue("8089") int port,
                         @DefaultValue("./data/sandbox-gateway.jsonl") Path ledger,
                         @DefaultValue("3s") Duration slowAnswer,
                         @DefaultValue("30s") Duration silence,
                         @DefaultValue("10s") Duration pending,
                         @DefaultValue("15m") Duration challenge,
                         @DefaultValue("7d") Duration captureWithin,
                         @DefaultValue("3s") Duration shortCapture,
                         @DefaultValue("") String callbackUrl,
                         @DefaultValue("") String callbackSecret) {

    Timing timing() {
        return new Timing(slowAnswer, silence, pending, challenge, captureWithin, shortCapture);
    }

    Optional<Receiver> receiver() {
        return Receiver.of(callbackUrl, callbackSecret);
    }

    /** A record would print the secret. */
    @Override
    public String toString() {
        return "SandboxProperties[port=" + port + ", ledger=" + ledger + "]";
    }
}
