package io.orderflow.sandbox;

import java.io.IOException;

/** Switches faults on and off while the gateway runs. */
final class ControlApi {

    private final FaultInjector adversary;

    ControlApi(FaultInjector adversary) {
        this.adversary = adversary;
    }

    Reply answer(Call call) throws IOException {
        call.requireMethod("GET", "PUT", "DELETE");
        if (call.method().equals("PUT")) {
            adversary.obey(Call.read(call.body(), Control.class));
        } else if (call.method().equals("DELETE")) {
            adversary.obey(Control.PEACE);
        }
        return Reply.ok(adversary.control());
    }
}
