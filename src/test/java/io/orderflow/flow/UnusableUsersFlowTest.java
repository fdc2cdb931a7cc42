package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.OrderflowApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UnusableUsersFlowTest {

    private static final String SECRET = "s3cr3t";
    private static final String USERS = "orderflow.security.users";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [0].password=s3cr3t                                                       | [0].password has to be a bcrypt hash
            [0].password=$2y$99$s3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3 | [0].password has to be a bcrypt hash
            [0].passwort=s3cr3t                                                       | [0].password has to be a bcrypt hash
            [0].roles[1]=s3cr3t                                                       | [0].roles[1] cannot be read
            =ada:s3cr3t                                                               | ~ cannot be read~
            """)
    void a_user_who_cannot_be_used_is_named_and_no_password_is_told(String property, String complaint,
            @TempDir Path data, CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(OrderflowApplication.class, arguments(property, data)));

        assertThat(output).contains("APPLICATION FAILED TO START").contains(USERS + complaint)
                .contains("docs/access.md").doesNotContain(SECRET);
    }

    private static String[] arguments(String property, Path data) {
        String store = "--spring.datasource.url=jdbc:h2:retry:" + data.resolve("store");
        return property.startsWith("=")
                ? new String[] {store, "--server.port=0", "--orderflow.sandbox.embedded=false", "--" + USERS + property}
                : new String[] {store, "--server.port=0", "--orderflow.sandbox.embedded=false",
                    "--" + USERS + "[0].name=ada", "--" + USERS + "[0].roles[0]=STAFF", "--" + USERS + property};
    }
}
