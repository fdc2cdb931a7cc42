package io.orderflow.platform.web;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Makes Tomcat speak {@link ImpatientHttp}. */
@Component
class ImpatientTomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** The system would keep megabytes for each client that takes nothing. */
    private static final DataSize SEND_BUFFER = DataSize.ofKilobytes(128);

    private final WebLimits limits;

    ImpatientTomcat(WebLimits limits) {
        this.limits = limits;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(ImpatientHttp.class.getName());
        factory.addConnectorCustomizers(connector -> {
            ((ImpatientHttp) connector.getProtocolHandler()).setLimits(limits);
            connector.setProperty("socket.txBufSize", Long.toString(SEND_BUFFER.toBytes()));
        });
    }
}
