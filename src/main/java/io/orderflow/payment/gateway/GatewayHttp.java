package io.orderflow.payment.gateway;

import io.orderflow.platform.spi.DaemonThreads;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.concurrent.Executors;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/** HTTP for the gateways, with bounds on the time and the size of a response. */
public final class GatewayHttp {

    private GatewayHttp() {
    }

    /** With an executor of the client's own: otherwise Spring starts a thread for each request. */
    public static ClientHttpRequestFactory requests(GatewaySettings settings) {
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .executor(Executors.newCachedThreadPool(DaemonThreads.named("payment-gateway-http"))).build());
        requests.setReadTimeout(settings.responseTimeout());
        return requests;
    }

    /** @throws AnswerUnknownException when the body is larger */
    public static byte[] body(ClientHttpResponse response, int limit) throws IOException {
        byte[] body = response.getBody().readNBytes(limit + 1);
        if (body.length > limit) {
            throw new AnswerUnknownException("The gateway's answer is larger than %s bytes".formatted(limit));
        }
        return body;
    }
}
