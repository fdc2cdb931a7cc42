package io.orderflow.platform.messaging;

import java.util.concurrent.Callable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs work that may fail inside a transaction that must not: a failure undoes the work and nothing else. */
final class Savepoints {

    private final TransactionTemplate nested;

    Savepoints(PlatformTransactionManager transactions) {
        nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    <R> R call(Callable<R> work) throws Exception {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.call();
        }
        var failure = new Exception[1];
        R result = nested.execute(status -> {
            try {
                return work.call();
            } catch (Exception e) {
                status.setRollbackOnly();
                failure[0] = e;
                return null;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
        return result;
    }
}
