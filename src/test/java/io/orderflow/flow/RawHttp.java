package io.orderflow.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends what no HTTP client would, byte for byte, and reads the answer until the server hangs up. */
final class RawHttp {

    private static final int PATIENCE_MILLIS = 30_000;

    private RawHttp() {
    }

    /** An answer: its status, its headers as they came, and its body. */
    record Raw(int status, String head, JsonNode body) {
    }

    static Raw send(String url, String request) {
        try (var socket = new Socket("127.0.0.1", URI.create(url).getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int blank = answer.indexOf("\r\n\r\n");
            String head = answer.substring(0, blank);
            String body = answer.substring(blank).strip();
            return new Raw(Integer.parseInt(head.split(" ")[1]), head,
                    new ObjectMapper().readTree(body.substring(Math.max(0, body.indexOf('{')),
                            body.lastIndexOf('}') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
