package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** What Tomcat refuses before the application sees it, as problem documents: requests that are hardly HTTP. */
@Component
class ContainerProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ObjectMapper mapper;

    ContainerProblems(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            var host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(Reports.class.getName());
            host.getPipeline().addValve(new Reports(mapper));
        });
    }

    /** Takes the place of Tomcat's HTML pages. */
    private static final class Reports extends ErrorReportValve {

        private final ObjectMapper mapper;

        Reports(ObjectMapper mapper) {
            this.mapper = mapper;
        }

        /** What was refused before, as TRACE is, needs no error page of the application: a servlet would answer it. */
        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (response.isErrorReportRequired()) {
                response.setSuspended(false);
                report(request, response, null);
            } else {
                super.invoke(request, response);
                reportEmpty(request, response);
            }
        }

        /** Such as the 404 of a management endpoint, which says no more than its status. */
        private void reportEmpty(Request request, Response response) {
            if (response.getStatus() >= 400 && !request.isAsync() && !response.isCommitted() && response.setError()) {
                report(request, response, null);
            }
        }

        @Override
        protected void report(Request request, Response response, Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            HttpStatusCode status = HttpStatusCode.valueOf(response.getStatus());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            try (Writer writer = response.getReporter()) {
                if (writer != null) {
                    writer.write(mapper.writeValueAsString(Problems.of(status)));
                    response.finishResponse();
                }
            } catch (IOException gone) {
                container.getLogger().debug("Nobody is left to tell", gone);
            }
        }
    }
}
