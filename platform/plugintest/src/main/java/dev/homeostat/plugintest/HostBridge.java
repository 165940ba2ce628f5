package dev.homeostat.plugintest;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Calls the object inside of the host's layer that has the methods of {@link InsideHost}, on the host's threads. */
final class HostBridge implements InvocationHandler {
    private final Object inside;
    private final HostThreads threads;

    private HostBridge(Object inside, HostThreads threads) {
        this.inside = inside;
        this.threads = threads;
    }

    static InsideHost to(Object inside, HostThreads threads) {
        return (InsideHost) Proxy.newProxyInstance(
                InsideHost.class.getClassLoader(), new Class<?>[] {InsideHost.class}, new HostBridge(inside, threads));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Method there = inside.getClass().getMethod(method.getName(), method.getParameterTypes());
        Future<@Nullable Object> call = threads.callers().submit(() -> there.invoke(inside, arguments));
        try {
            return call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the test was interrupted while it waited for the host", e);
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof InvocationTargetException thrown ? thrown.getCause() : e.getCause();
            throw ofTheJdk(cause == null ? e : cause);
        }
    }

    /** What it throws must not hold a plugin's class: a failed test is remembered for long. */
    private static Throwable ofTheJdk(Throwable thrown) {
        String message = thrown instanceof IllegalArgumentException ? thrown.getMessage() : thrown.toString();
        Throwable told = switch (thrown) {
            case IllegalArgumentException _ -> new IllegalArgumentException(message);
            case java.util.concurrent.TimeoutException _ ->
                new java.util.concurrent.TimeoutException(thrown.getMessage());
            default -> new IllegalStateException(message);
        };
        told.setStackTrace(thrown.getStackTrace());
        return told;
    }
}
