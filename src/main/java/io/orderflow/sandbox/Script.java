package io.orderflow.sandbox;

import java.util.Optional;

/** How one operation goes: a fault instead of its first try, its verdict, and a fault on the way back. */
record Script(Fault firstTry, Optional<String> declineCode, Fault answer) {

    static final Script APPROVE = new Script(Fault.NONE, Optional.empty(), Fault.NONE);

    static Script decline(String code) {
        return new Script(Fault.NONE, Optional.of(code), Fault.NONE);
    }

    Script answering(Fault fault) {
        return new Script(firstTry, declineCode, fault);
    }

    Script failingFirst(Fault fault) {
        return new Script(fault, declineCode, answer);
    }
}
