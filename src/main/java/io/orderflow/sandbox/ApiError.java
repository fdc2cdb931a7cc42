package io.orderflow.sandbox;

/** A request that is answered with an error instead of an operation. */
final class ApiError extends RuntimeException {

    private final int status;
    private final String code;

    ApiError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, "bad_request", message);
    }

    int status() {
        return status;
    }

    Body body() {
        return new Body(code, getMessage());
    }

    /** An error as the client reads it. */
    record Body(String code, String message) { }
}
