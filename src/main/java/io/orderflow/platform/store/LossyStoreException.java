package io.orderflow.platform.store;

/** The configured store would lose what it has acknowledged, so that the application does not start with it. */
final class LossyStoreException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String cure;

    LossyStoreException(String what, String cure) {
        super(what);
        this.cure = cure;
    }

    String cure() {
        return cure;
    }
}
