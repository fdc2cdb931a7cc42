package io.orderflow.platform.spi;


/**
 * A command that would take effect again if its idempotency record were deleted, because a repetition would get a new
 * identity. Its record is kept for ever; others are deleted after the retention period.
 */
public interface PermanentRequest extends OncePerRequest {
}
