package io.orderflow.platform.web.connector;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.platform.web.problem.Problems;
import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Sets up Tomcat: {@link SlowClientProtocol}, and problem documents for errors that no servlet answers. */
@Component
class TomcatCustomization implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** The operating system's default is megabytes for each client that reads nothing. */
    private static final DataSize SEND_BUFFER = DataSize.ofKilobytes(128);

    private final WebLimits limits;
    private final ObjectMapper mapper;

    TomcatCustomization(WebLimits limits, ObjectMapper mapper) {
        this.limits = limits;
        this.mapper = mapper;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(SlowClientProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> {
            ((SlowClientProtocol) connector.getProtocolHandler()).setLimits(limits);
            connector.setProperty("socket.txBufSize", Long.toString(SEND_BUFFER.toBytes()));
            // Parameters are those of the query; a form's would be read from the body before anybody has signed in
            connector.setParseBodyMethods("");
        });
        factory.addContextCustomizers(context -> {
            var host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(ProblemReports.class.getName());
            host.getPipeline().addValve(new ProblemReports(mapper));
        });
    }

    /** Replaces Tomcat's HTML error pages. */
    private static final class ProblemReports extends ErrorReportValve {

        private final ObjectMapper mapper;

        ProblemReports(ObjectMapper mapper) {
            this.mapper = mapper;
        }

        /** Also reports answers that have set an error status and no body, such as the 404 of a management endpoint. */
        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0) {
                return;
            }
            response.setError();
            if (!response.setErrorReported()) {
                return;
            }
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            try (Writer writer = response.getReporter()) {
                if (writer != null) {
                    writer.write(mapper.writeValueAsString(Problems.of(HttpStatusCode.valueOf(response.getStatus()))));
                    response.finishResponse();
                }
            } catch (IOException disconnected) {
                container.getLogger().debug("The client has disconnected", disconnected);
            }
        }
    }
}
