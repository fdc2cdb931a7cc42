package io.orderflow.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the load driver wanted, wrote down before it asked, and what it was told, written down after: one JSON document a
 * line.
 */
final class History implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedWriter file;

    private History(BufferedWriter file) {
        this.file = file;
    }

    static History open(Path path) throws IOException {
        return new History(Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** @param kind such as {@code order} or {@code shipment} */
    record Request(String kind, String key, String path, String body) {
    }

    void intends(Request request) {
        write("intent", request.kind(), request.key(), JSON.createObjectNode().put("path", request.path())
                .put("body", request.body()));
    }

    void told(Request request, int status, JsonNode answer) {
        ObjectNode line = JSON.createObjectNode().put("status", status).put("path", request.path());
        line.set("answer", answer);
        write("answer", request.kind(), request.key(), line);
    }

    /** An order as a read showed it. */
    void saw(String orderId, String status, long version) {
        write("sight", "order", orderId, JSON.createObjectNode().put("status", status).put("version", version));
    }

    private synchronized void write(String what, String kind, String key, ObjectNode line) {
        try {
            file.write(line.put("what", what).put("kind", kind).put("key", key).toString());
            file.newLine();
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines; the last may be torn when the driver was killed. */
    static List<JsonNode> read(Path path) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(path)) {
            if (line.endsWith("}")) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
