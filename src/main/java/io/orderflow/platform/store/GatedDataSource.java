package io.orderflow.platform.store;

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
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Has every statement that writes pass a {@link WriteGate}; plain reads pass by. */
final class GatedDataSource extends DelegatingDataSource {

    private static final Set<String> WRITES = Set.of("commit", "rollback", "setAutoCommit", "setSavepoint",
            "releaseSavepoint", "close");

    private static final Pattern READ = Pattern.compile("\\s*SELECT\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOCKS = Pattern.compile("\\bFOR\\s+UPDATE\\b", Pattern.CASE_INSENSITIVE);

    private final WriteGate gate;

    GatedDataSource(DataSource target, WriteGate gate) {
        super(target);
        this.gate = gate;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, (self, method, arguments) -> onConnection(connection, method, arguments));
    }

    private Object onConnection(Connection connection, Method method, Object[] arguments) throws Throwable {
        if (WRITES.contains(method.getName())) {
            return gate.pass(() -> invoke(connection, method, arguments));
        }
        Object result = invoke(connection, method, arguments);
        if (!(result instanceof Statement statement)) {
            return result;
        }
        boolean reads = arguments != null && isRead(String.valueOf(arguments[0]));
        Class<?> type = result instanceof CallableStatement ? CallableStatement.class
                : result instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return reads ? statement : proxy(type, (self, called, given) -> called.getName().startsWith("execute")
                ? gate.pass(() -> invoke(statement, called, given)) : invoke(statement, called, given));
    }

    private static boolean isRead(String sql) {
        return READ.matcher(sql).lookingAt() && !LOCKS.matcher(sql).find();
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Exception {
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
