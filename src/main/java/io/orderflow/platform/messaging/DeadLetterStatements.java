package io.orderflow.platform.messaging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.DefaultDeadLetterStatementFactory;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.axonframework.serialization.Serializer;

/**
 * Pages through dead letters as Axon's own statements fail to: those see ten sequences, and repeat long ones. Nor do those
 * keep an event from being parked behind a last letter that has just been handled, where nobody would look for it.
 */
final class DeadLetterStatements extends DefaultDeadLetterStatementFactory<EventMessage<?>> {

    /** The page size of Axon's queue, whatever larger number it asks for. */
    private static final int PAGE = 100;

    private static final int CAUSE_MESSAGE = 1023;

    private final String table;

    DeadLetterStatements(DeadLetterSchema schema, Serializer serializer, Serializer eventSerializer) {
        super(DefaultDeadLetterStatementFactory.<EventMessage<?>>builder()
                .schema(schema).genericSerializer(serializer).eventSerializer(eventSerializer));
        table = schema.deadLetterTable();
    }

    @Override
    public PreparedStatement enqueueStatement(Connection connection, String group, String sequence,
            DeadLetter<? extends EventMessage<?>> letter, long sequenceIndex) throws SQLException {
        return super.enqueueStatement(connection, group, sequence, new GenericDeadLetter<>(sequence, letter.message(),
                letter.cause().map(DeadLetterStatements::storable).orElse(null), letter.enqueuedAt(),
                letter.lastTouched(), letter.diagnostics()), sequenceIndex);
    }

    @Override
    public PreparedStatement requeueStatement(Connection connection, String letter, Cause cause, Instant lastTouched,
            MetaData diagnostics) throws SQLException {
        return super.requeueStatement(connection, letter, cause == null ? null : storable(cause), lastTouched,
                diagnostics);
    }

    /** A cause that its columns do not take would park nothing, and hold the processor up. */
    private static Cause storable(Cause cause) {
        String message = cause.message() == null ? "" : cause.message().replace('\0', ' ');
        return new ThrowableCause(cause.type(), message.substring(0, Math.min(message.length(), CAUSE_MESSAGE)));
    }

    /** Holds the letters that it finds until the transaction ends, which is when what follows them is parked, too. */
    @Override
    public PreparedStatement containsStatement(Connection connection, String group, String sequence)
            throws SQLException {
        var statement = connection.prepareStatement("SELECT CAST(1 AS BIGINT) FROM " + table
                + " WHERE processing_group = ? AND sequence_identifier = ? ORDER BY sequence_index FOR UPDATE");
        statement.setString(1, group);
        statement.setString(2, sequence);
        return statement;
    }

    @Override
    public PreparedStatement claimableSequencesStatement(Connection connection, String group, Instant claimedBefore,
            int offset, int limit) throws SQLException {
        var statement = connection.prepareStatement("SELECT * FROM " + table + " dl WHERE dl.processing_group = ?"
                + " AND dl.sequence_index = (SELECT MIN(head.sequence_index) FROM " + table
                + " head WHERE head.processing_group = dl.processing_group"
                + " AND head.sequence_identifier = dl.sequence_identifier)"
                + " AND (dl.processing_started IS NULL OR dl.processing_started < ?)"
                + " ORDER BY dl.last_touched, dl.dead_letter_id LIMIT ? OFFSET ?");
        statement.setString(1, group);
        statement.setString(2, DateTimeUtils.formatInstant(claimedBefore));
        statement.setInt(3, limit);
        statement.setInt(4, offset);
        return statement;
    }

    @Override
    public PreparedStatement letterSequenceStatement(Connection connection, String group, String sequence, int offset,
            int limit) throws SQLException {
        var statement = connection.prepareStatement("SELECT * FROM " + table
                + " WHERE processing_group = ? AND sequence_identifier = ? ORDER BY sequence_index LIMIT ? OFFSET ?");
        statement.setString(1, group);
        statement.setString(2, sequence);
        statement.setInt(3, Math.min(limit, PAGE));
        statement.setInt(4, offset);
        return statement;
    }
}
