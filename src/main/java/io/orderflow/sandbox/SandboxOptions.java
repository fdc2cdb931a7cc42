package io.orderflow.sandbox;

import io.orderflow.sandbox.bank.Timing;
import io.orderflow.sandbox.callback.CallbackReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The gateway's address, ledger, timing and callbacks; as properties of the application or arguments of a process. */
@ConfigurationProperties(SandboxOptions.PREFIX)
record SandboxOptions(@DefaultValue("8089") int port,
                      @DefaultValue("./data/sandbox-gateway.jsonl") Path ledger,
                      @DefaultValue("3s") Duration slowAnswer,
                      @DefaultValue("30s") Duration silence,
                      @DefaultValue("10s") Duration pending,
                      @DefaultValue("15m") Duration challenge,
                      @DefaultValue("7d") Duration captureWithin,
                      @DefaultValue("3s") Duration shortCapture,
                      @DefaultValue("") String callbackUrl,
                      @DefaultValue("") String callbackSecret) {

    static final String PREFIX = "orderflow.sandbox";

    private static final Set<String> NAMES = Arrays.stream(SandboxOptions.class.getRecordComponents())
            .map(option -> "--" + option.getName().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));

    /** @param arguments such as {@code --port=8089} */
    static SandboxOptions of(String... arguments) {
        var properties = new HashMap<String, String>();
        for (var argument : arguments) {
            var option = argument.split("=", 2);
            if (option.length < 2 || !NAMES.contains(option[0])) {
                // Without the value, which may be a secret.
                throw new IllegalArgumentException("Unknown option " + option[0] + "; known are "
                        + String.join(" ", NAMES));
            }
            properties.put(PREFIX + '.' + option[0].substring(2), option[1]);
        }
        try {
            return new Binder(new MapConfigurationPropertySource(properties))
                    .bindOrCreate(PREFIX, SandboxOptions.class);
        } catch (BindException e) {
            var property = e.getProperty();
            throw new IllegalArgumentException("Cannot read --" + property.getName()
                    .getLastElement(ConfigurationPropertyName.Form.DASHED) + "=" + property.getValue(), e);
        }
    }

    Timing timing() {
        return new Timing(pending, challenge, captureWithin, shortCapture);
    }

    Optional<CallbackReceiver> receiver() {
        return CallbackReceiver.of(callbackUrl, callbackSecret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SandboxOptions[port=" + port + ", ledger=" + ledger + "]";
    }
}
