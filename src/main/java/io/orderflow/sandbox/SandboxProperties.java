package io.orderflow.sandbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;
import java.time.Duration;

/** Whether the application brings its own sandbox gateway, and where. */
@ConfigurationProperties("orderflow.sandbox")
record SandboxProperties(@DefaultValue("true") boolean embedded,
                         @DefaultValue("8089") int port,
                         @DefaultValue("./data/sandbox-gateway.jsonl") Path ledger,
                         @DefaultValue("3s") Duration slowAnswer,
                         @DefaultValue("30s") Duration silence) { }
