package io.orderflow.sandbox.http;

/** Ends the handling of a request; the client gets an error instead of a result. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    ApiException(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static ApiException badRequest(String message) {
        return new ApiException(400, "bad_request", message);
    }

    static ApiException notFound() {
        return new ApiException(404, "not_found", "No such resource");
    }

    Reply reply() {
        return Reply.error(status, code, getMessage());
    }
}
