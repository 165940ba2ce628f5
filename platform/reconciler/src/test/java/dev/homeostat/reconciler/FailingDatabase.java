package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A database whose write transactions fail, or what else is asked for. */
final class FailingDatabase {
    private final Database database;
    String method = "writeTxn";
    /** So many calls go well before. */
    int before;

    int left;
    Throwable fault = new IllegalStateException("disk");

    FailingDatabase(Database database) {
        this.database = database;
    }

    Database proxy() {
        return (Database) Proxy.newProxyInstance(
                FailingDatabase.class.getClassLoader(), new Class<?>[] {Database.class}, (_, called, arguments) -> {
                    if (called.getName().equals(method) && left > 0 && before-- <= 0) {
                        left--;
                        throw fault;
                    }
                    try {
                        return called.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
