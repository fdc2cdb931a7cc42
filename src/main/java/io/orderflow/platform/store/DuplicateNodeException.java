package io.orderflow.platform.store;

/** Another live node works on the same store under the id of this one, so that the application does not start. */
final class DuplicateNodeException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    DuplicateNodeException(String nodeId) {
        super("Another node with the id '%s' is running on the same store".formatted(nodeId));
    }
}
