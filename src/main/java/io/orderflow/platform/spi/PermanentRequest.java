package io.orderflow.platform.spi;


/**
 * A command that would take effect once more if its request were forgotten, because a repetition would get a new identity.
 * Its record is kept for ever; others are deleted after a while.
 */
public interface PermanentRequest extends OncePerRequest {
}
