package io.orderflow.sandbox;

/** The sandbox gateway cannot have its port or its ledger. */
final class SandboxUnusableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String cure;

    SandboxUnusableException(String what, String cure, Throwable cause) {
        super(what + ". " + cure, cause);
        this.what = what;
        this.cure = cure;
    }

    String what() {
        return what;
    }

    String cure() {
        return cure;
    }
}
