package io.recredit.backup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Has whoever asks for connections, and ends transactions on them, work in the transaction at hand:
 * it ends when whoever began it says so.
 */
final class SameTransaction extends AbstractDataSource {

  private static final Set<String> LEFT_TO_ITS_BEGINNER =
      Set.of("commit", "rollback", "setAutoCommit", "close");

  private final DataSource dataSource;

  SameTransaction(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Connection getConnection() {
    var connection = DataSourceUtils.getConnection(dataSource);
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (LEFT_TO_ITS_BEGINNER.contains(method.getName())) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLException("There is one connection only");
  }
}
