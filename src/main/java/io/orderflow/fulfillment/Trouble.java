package io.orderflow.fulfillment;

import io.orderflow.shared.Refusal;
import io.orderflow.shared.StoreOutage;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.common.AxonNonTransientException;

/** Tells failures that a repetition would only repeat from those that pass. */
final class Trouble {

    private Trouble() {
    }

    /** A rule that the command breaks or a bug in its handler; anything else is the infrastructure's and passes. */
    static boolean isLasting(RuntimeException failure) {
        if (StoreOutage.isCauseOf(failure)) {
            return false;
        }
        if (failure instanceof CommandExecutionException refused && refused.getDetails().isPresent()) {
            return true;
        }
        return failure instanceof Refusal
                || failure instanceof IllegalStateException
                || failure instanceof IllegalArgumentException
                || failure instanceof NullPointerException
                || failure instanceof ArithmeticException
                || failure instanceof AxonNonTransientException;
    }
}
