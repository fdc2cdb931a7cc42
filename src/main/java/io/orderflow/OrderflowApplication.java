package io.orderflow;

import io.orderflow.audit.StoreCheck;
import io.orderflow.sandbox.SandboxGateway;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;

import java.util.Arrays;
import java.util.Locale;

/** Starts the order core with all modules, the sandbox gateway alone, or a check of a store that is not in use. */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
public class OrderflowApplication {

    public static void main(String[] args) {
        // Libraries follow the machine's locale, in the tags of metrics for example; our own code must not (pom.xml).
        Locale.setDefault(Locale.ROOT);
        switch (args.length == 0 ? "" : args[0]) {
            case "sandbox-gateway" -> SandboxGateway.run(Arrays.copyOfRange(args, 1, args.length));
            case "check" -> StoreCheck.run(Arrays.copyOfRange(args, 1, args.length));
            default -> SpringApplication.run(OrderflowApplication.class, args);
        }
    }
}
