package io.orderflow;

import io.orderflow.sandbox.SandboxGateway;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import java.util.Arrays;

/** The order core: all modules in one process, or the gateway to practise on in one of its own. */
@SpringBootApplication
public class OrderflowApplication {

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("sandbox-gateway")) {
            SandboxGateway.run(Arrays.copyOfRange(args, 1, args.length));
        } else {
            SpringApplication.run(OrderflowApplication.class, args);
        }
    }
}
