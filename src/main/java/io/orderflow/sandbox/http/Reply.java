package io.orderflow.sandbox.http;

import io.orderflow.sandbox.bank.Json;
import io.orderflow.sandbox.fault.Fault;

/** An answer, and the fault with which it is delivered. */
record Reply(int status, String contentType, byte[] body, Fault fault) {

    private record Error(String code, String message) { }

    static Reply json(int status, Object body) {
        return new Reply(status, "application/json", Json.bytes(body), Fault.NONE);
    }

    static Reply ok(Object body) {
        return json(200, body);
    }

    static Reply error(int status, String code, String message) {
        return json(status, new Error(code, message));
    }

    /** No answer, for a fault that delivers none. */
    static Reply failed(Fault fault) {
        return new Reply(0, "", new byte[0], fault);
    }

    Reply with(Fault otherFault) {
        return new Reply(status, contentType, body, otherFault);
    }
}
