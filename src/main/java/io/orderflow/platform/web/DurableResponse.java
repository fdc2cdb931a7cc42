package io.orderflow.platform.web;

import io.orderflow.platform.spi.Durability;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.springframework.http.HttpStatus;

/** Waits before the first byte of an answer, and before the first byte after each flush, which begins another piece. */
final class DurableResponse extends HttpServletResponseWrapper {

    private final Durability durability;
    private ServletOutputStream stream;
    private PrintWriter writer;
    private boolean durable;

    DurableResponse(HttpServletResponse response, Durability durability) {
        super(response);
        this.durability = durability;
    }

    /** The last moment to wait for an answer without a body. */
    void beforeItEnds() {
        if (!isCommitted()) {
            beforeItIsSaid();
        }
    }

    /** Problems are told at once: they promise nothing. */
    private void beforeItIsSaid() {
        if (!durable && getStatus() < HttpStatus.BAD_REQUEST.value()) {
            try {
                durability.awaitDurable();
            } catch (RuntimeException failure) {
                takeBack();
                throw failure;
            }
            durable = true;
        }
    }

    /** A problem is told in its place, which bears neither the type nor the location of what was to be told. */
    private void takeBack() {
        if (!isCommitted()) {
            reset();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new DurableStream(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), Charset.forName(getCharacterEncoding())));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        beforeItEnds();
        super.flushBuffer();
        durable = false;
    }

    private final class DurableStream extends ServletOutputStream {

        private final ServletOutputStream out;

        DurableStream(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            beforeItIsSaid();
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            beforeItIsSaid();
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            beforeItEnds();
            out.flush();
            durable = false;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
