package io.orderflow.sandbox;

/** A status and the JSON that goes with it. */
record Reply(int status, Object body) {

    static Reply ok(Object body) {
        return new Reply(200, body);
    }

    static Reply of(ApiError error) {
        return new Reply(error.status(), error.body());
    }
}
