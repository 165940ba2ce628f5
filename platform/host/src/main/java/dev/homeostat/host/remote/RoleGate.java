package dev.homeostat.host.remote;

import dev.homeostat.host.control.Act;
import dev.homeostat.host.control.Act.Outcome;
import dev.homeostat.host.control.Audit;
import dev.homeostat.host.control.Caller;
import dev.homeostat.host.jmx.ReadableFailure;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.remote.JMXPrincipal;
import javax.management.remote.MBeanServerForwarder;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Stands before the MBean server and lets through what the role of the caller allows. Nobody makes, replaces or takes away beans from afar, nor has beans do something
 * that are neither the host's, its plugins' nor those of {@code java.lang}. What is refused is written down, and so is what is done to beans that do not do that themselves. Safe for all
 * threads.
 */
final class RoleGate implements InvocationHandler {
    /** Who is refused waits for the answer, so that asking without end costs the host little. */
    private static final Duration PENALTY = Duration.ofMillis(250);

    private final Audit audit;
    private final InstantSource clock;
    private final RefusalLog refusals = new RefusalLog();
    private volatile @Nullable MBeanServer server;

    private RoleGate(Audit audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** One before no server yet. */
    static MBeanServerForwarder closed(Audit audit, InstantSource clock) {
        return (MBeanServerForwarder) Proxy.newProxyInstance(
                RoleGate.class.getClassLoader(),
                new Class<?>[] {MBeanServerForwarder.class},
                new RoleGate(audit, clock));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        MBeanServer beans = server;
        if (method.getName().equals("setMBeanServer") && arguments != null) {
            server = (MBeanServer) arguments[0];
            return null;
        }
        if (method.getName().equals("getMBeanServer")) {
            return beans;
        }
        BeanCall call = new BeanCall(method.getName(), arguments == null ? List.of() : Arrays.asList(arguments));
        return beans != null && call.acts(beans) ? act(call, method, arguments) : pass(method, arguments);
    }

    private @Nullable Object act(BeanCall call, Method method, Object @Nullable [] arguments) throws Throwable {
        Instant begin = clock.instant();
        String refusal = refusal(call);
        if (!refusal.isEmpty()) {
            writeRefusal(call, begin, refusal);
            LockSupport.parkNanos(PENALTY.toNanos());
            throw new SecurityException(refusal);
        }
        if (call.isOfTheHost()) {
            return pass(method, arguments);
        }
        Outcome outcome = Outcome.FAILED;
        String message = "";
        try {
            Object answer = pass(method, arguments);
            outcome = Outcome.DONE;
            return answer;
        } catch (Exception | Error e) {
            message = e.toString();
            throw e;
        } finally {
            write(call, begin, outcome, message);
        }
    }

    private static String refusal(BeanCall call) {
        if (call.isOfTheServer()) {
            return "remote JMX makes and removes no MBeans, and has none listen to another";
        }
        if (!mayControl()) {
            return "user \"" + user() + "\" may only look: that needs role control, see jmx.password-file in"
                    + " conf/homeostat.yaml";
        }
        return call.isForControl()
                ? ""
                : "remote JMX steers the host, its plugins and java.lang, and not " + call.bean()
                        + ": attach to the process on its own machine";
    }

    private void writeRefusal(BeanCall call, Instant begin, String refusal) {
        long others = refusals.admit(user(), begin);
        if (others >= 0) {
            String counted =
                    others == 0 ? "" : "; " + others + " more refusals of this user before are not written here";
            write(call, begin, Outcome.REFUSED, refusal + counted);
        }
    }

    private void write(BeanCall call, Instant begin, Outcome outcome, String message) {
        audit.acted(new Act(
                begin,
                Caller.jmx(user()),
                "jmx." + call.method(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("bean", call.bean().toString())
                        .put("what", call.what()),
                outcome,
                message,
                Duration.between(begin, clock.instant())));
    }

    private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(server, arguments);
        } catch (InvocationTargetException e) {
            throw ReadableFailure.of(e.getCause() == null ? e : e.getCause());
        }
    }

    private static boolean mayControl() {
        Subject subject = Subject.current();
        return subject != null && subject.getPrincipals(Role.class).contains(Role.CONTROL);
    }

    private static String user() {
        Subject subject = Subject.current();
        return subject == null
                ? ""
                : subject.getPrincipals(JMXPrincipal.class).stream()
                        .map(JMXPrincipal::getName)
                        .findFirst()
                        .orElse("");
    }
}
