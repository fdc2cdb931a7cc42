package io.orderflow.platform.store.durability;

import io.orderflow.platform.store.availability.StoreAvailability;
import io.orderflow.platform.store.availability.UnwritableStoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Sends every statement that writes through a {@link WriteGate}; plain reads bypass it. While the store cannot be
 * written, connections and writing statements are refused: unwritten changes would pile up, and none could be
 * acknowledged.
 */
final class GatedDataSource extends DelegatingDataSource {

    private static final Set<String> WRITES = Set.of("commit", "rollback", "setAutoCommit", "setSavepoint",
            "releaseSavepoint", "close");

    private static final Pattern READ = Pattern.compile("\\s*SELECT\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOCKS = Pattern.compile("\\bFOR\\s+UPDATE\\b", Pattern.CASE_INSENSITIVE);

    private final WriteGate gate;
    private final StoreAvailability availability;

    GatedDataSource(DataSource target, WriteGate gate, StoreAvailability availability) {
        super(target);
        this.gate = gate;
        this.availability = availability;
    }

    private void requireWritable() throws SQLException {
        var cause = availability.unwritable();
        if (cause.isPresent()) {
            throw new UnwritableStoreException(cause.get());
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        requireWritable();
        Connection connection = super.getConnection();
        return proxy(Connection.class, (self, method, arguments) -> onConnection(connection, method, arguments));
    }

    private @Nullable Object onConnection(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (WRITES.contains(method.getName())) {
            return gate.pass(() -> invoke(connection, method, arguments));
        }
        Object result = invoke(connection, method, arguments);
        if (!(result instanceof Statement statement)) {
            return result;
        }
        if (arguments != null && isRead(String.valueOf(arguments[0]))) {
            return statement;
        }
        Class<?> type = result instanceof CallableStatement ? CallableStatement.class
                : result instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return proxy(type, (self, called, given) -> called.getName().startsWith("execute")
                ? write(statement, called, given) : invoke(statement, called, given));
    }

    private @Nullable Object write(Statement statement, Method method, Object @Nullable [] arguments)
            throws Exception {
        requireWritable();
        return gate.pass(() -> invoke(statement, method, arguments));
    }

    private static boolean isRead(String sql) {
        return READ.matcher(sql).lookingAt() && !LOCKS.matcher(sql).find();
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<?> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(GatedDataSource.class.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
