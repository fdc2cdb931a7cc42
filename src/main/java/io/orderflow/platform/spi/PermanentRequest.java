package io.orderflow.platform.spi;


/**
 * A command whose aggregate does not know a repetition when it sees one. Its request is kept for ever; other requests are
 * forgotten after a while, because their effect bears an identity that is derived from them.
 */
public interface PermanentRequest extends OncePerRequest {
}
