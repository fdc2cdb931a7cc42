package io.orderflow.fulfillment;

import io.orderflow.shared.Refusal;
import io.orderflow.platform.spi.StoreOutage;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.common.AxonNonTransientException;
import org.axonframework.common.AxonTransientException;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells lasting failures from transient ones. */
final class FailureClassifier {

    private FailureClassifier() {
    }

    /**
     * A broken rule or a bug in the handler: it would fail again. Anything else comes from the infrastructure and is
     * transient.
     */
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

    /** Whether neither the infrastructure nor a lost race explains it, so that it will most likely happen again. */
    static boolean isUnexplained(Throwable failure) {
        return !StoreOutage.isCauseOf(failure) && ExceptionUtils.findException(failure, cause ->
                cause instanceof TransientDataAccessException || cause instanceof RecoverableDataAccessException
                || cause instanceof CannotCreateTransactionException || cause instanceof ConcurrencyException
                || cause instanceof AggregateStreamCreationException || cause instanceof LockAcquisitionFailedException
                || cause instanceof DuplicateKeyException || cause instanceof TimeoutException
                || cause instanceof AxonTransientException).isEmpty();
    }
}
