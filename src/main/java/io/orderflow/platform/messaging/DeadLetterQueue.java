package io.orderflow.platform.messaging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.DefaultDeadLetterStatementFactory;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Dead letters of one processing group. Logs each event that is parked with its cause, once. */
final class DeadLetterQueue extends JdbcSequencedDeadLetterQueue<EventMessage<?>> {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterQueue.class);

    private final String group;

    DeadLetterQueue(String group, ConnectionProvider connections, TransactionManager transactions,
            DeadLetterSchema schema, Serializer serializer) {
        super(JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder().processingGroup(group)
                .connectionProvider(connections).transactionManager(transactions).schema(schema)
                .genericSerializer(serializer).eventSerializer(serializer)
                .statementFactory(new Statements(schema, serializer)));
        this.group = group;
    }

    @Override
    public void enqueue(Object sequence, DeadLetter<? extends EventMessage<?>> letter) {
        super.enqueue(sequence, letter);
        letter.cause().ifPresent(cause -> afterCommit(() -> LOG.warn(
                "{} could not handle {} {} of {}; it is parked with all later events of its sequence: {}", group,
                letter.message().getPayloadType().getSimpleName(), letter.message().getIdentifier(), sequence,
                rootOf(cause))));
    }

    /** What is rolled back is parked again when the batch is repeated. */
    private static void afterCommit(Runnable work) {
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().afterCommit(committed -> work.run());
        } else {
            work.run();
        }
    }

    /** In one line: SQL statements in messages have several. */
    private static String rootOf(Cause cause) {
        String root = cause instanceof Throwable thrown && thrown.getCause() != null
                ? NestedExceptionUtils.getMostSpecificCause(thrown).toString() : cause.type() + ": " + cause.message();
        return root.replaceAll("\\s+", " ");
    }

    /**
     * Replaces Axon's statements, which find only ten sequences and repeat long ones when they page through letters,
     * and which allow an event to be parked behind a last letter that is being removed, where it would never be
     * retried.
     */
    private static final class Statements extends DefaultDeadLetterStatementFactory<EventMessage<?>> {

        /** The page size of Axon's queue, whatever larger limit it requests. */
        private static final int PAGE = 100;
        private static final int CAUSE_MESSAGE_LENGTH = 1023;

        private final String table;

        private Statements(DeadLetterSchema schema, Serializer serializer) {
            super(DefaultDeadLetterStatementFactory.<EventMessage<?>>builder()
                    .schema(schema).genericSerializer(serializer).eventSerializer(serializer));
            table = schema.deadLetterTable();
        }

        @Override
        public PreparedStatement enqueueStatement(Connection connection, String group, String sequence,
                DeadLetter<? extends EventMessage<?>> letter, long sequenceIndex) throws SQLException {
            return super.enqueueStatement(connection, group, sequence, new GenericDeadLetter<>(sequence,
                    letter.message(), letter.cause().map(Statements::storable).orElse(null), letter.enqueuedAt(),
                    letter.lastTouched(), letter.diagnostics()), sequenceIndex);
        }

        @Override
        public PreparedStatement requeueStatement(Connection connection, String letter, @Nullable Cause cause,
                Instant lastTouched, MetaData diagnostics) throws SQLException {
            return super.requeueStatement(connection, letter, cause == null ? null : storable(cause), lastTouched,
                    diagnostics);
        }

        /** A cause that does not fit its columns would prevent parking and block the processor. */
        private static Cause storable(Cause cause) {
            String message = cause.message() == null ? "" : cause.message().replace('\0', ' ');
            return new ThrowableCause(cause.type(),
                    message.substring(0, Math.min(message.length(), CAUSE_MESSAGE_LENGTH)));
        }

        /** Locks the letters until the end of the transaction, in which the next event of the sequence is parked. */
        @Override
        public PreparedStatement containsStatement(Connection connection, String group, String sequence)
                throws SQLException {
            return prepare(connection, "SELECT CAST(1 AS BIGINT) FROM " + table
                    + " WHERE processing_group = ? AND sequence_identifier = ? ORDER BY sequence_index FOR UPDATE",
                    group, sequence);
        }

        @Override
        public PreparedStatement claimableSequencesStatement(Connection connection, String group,
                Instant claimedBefore, int offset, int limit) throws SQLException {
            return prepare(connection, "SELECT * FROM " + table + " dl WHERE dl.processing_group = ?"
                    + " AND dl.sequence_index = (SELECT MIN(head.sequence_index) FROM " + table
                    + " head WHERE head.processing_group = dl.processing_group"
                    + " AND head.sequence_identifier = dl.sequence_identifier)"
                    + " AND (dl.processing_started IS NULL OR dl.processing_started < ?)"
                    + " ORDER BY dl.last_touched, dl.dead_letter_id LIMIT ? OFFSET ?",
                    group, DateTimeUtils.formatInstant(claimedBefore), limit, offset);
        }

        @Override
        public PreparedStatement letterSequenceStatement(Connection connection, String group, String sequence,
                int offset, int limit) throws SQLException {
            return prepare(connection, "SELECT * FROM " + table + " WHERE processing_group = ?"
                    + " AND sequence_identifier = ? ORDER BY sequence_index LIMIT ? OFFSET ?", group, sequence,
                    Math.min(limit, PAGE), offset);
        }

        private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
                throws SQLException {
            var statement = connection.prepareStatement(sql);
            for (int parameter = 0; parameter < parameters.length; parameter++) {
                statement.setObject(parameter + 1, parameters[parameter]);
            }
            return statement;
        }
    }
}
