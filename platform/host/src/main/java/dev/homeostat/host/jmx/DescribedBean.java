package dev.homeostat.host.jmx;

import dev.homeostat.host.mxbean.About;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanRegistration;
import javax.management.MBeanServer;
import javax.management.NotificationEmitter;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.StandardEmitterMBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MXBean that says what its attributes and operations mean, as the {@link About} annotations of its interface tell, and whose failures clients can read. Units get into the
 * descriptors by themselves. What an implementation has to do with its own registration it does.
 */
final class DescribedBean<T> extends StandardEmitterMBean {
    private static final Logger LOG = LoggerFactory.getLogger(DescribedBean.class);
    private static final ClassLoader HOST = DescribedBean.class.getClassLoader();

    /** Beans of one class say the same of themselves: to find it out takes a millisecond of the start of each plugin. All of these classes are the host's: a plugin's would stay in memory. */
    private static final Map<Class<?>, MBeanInfo> KNOWN = new ConcurrentHashMap<>();

    /** @param emitter tells its notifications, which are of the same types for all beans of that class */
    DescribedBean(T bean, Class<T> type, NotificationEmitter emitter) {
        super(bean, type, true, emitter);
    }

    /**
     * One of a plugin.
     *
     * @throws IllegalArgumentException if it has no interface that is one of an MXBean
     */
    DescribedBean(T bean, NotificationEmitter emitter) {
        super(bean, null, true, emitter);
    }

    @Override
    protected @Nullable MBeanInfo getCachedMBeanInfo() {
        return isOfTheHost() ? KNOWN.get(getImplementationClass()) : super.getCachedMBeanInfo();
    }

    @Override
    protected void cacheMBeanInfo(MBeanInfo info) {
        if (isOfTheHost()) {
            KNOWN.put(getImplementationClass(), info);
        } else {
            super.cacheMBeanInfo(info);
        }
    }

    private boolean isOfTheHost() {
        return HOST.equals(getImplementationClass().getClassLoader());
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException, MBeanException, ReflectionException {
        try {
            return super.getAttribute(name);
        } catch (MBeanException e) {
            throw ReadableFailure.of(e);
        } catch (RuntimeException e) { // the table is gone, or a plugin's code failed
            throw ReadableFailure.of(e);
        }
    }

    @Override
    public void setAttribute(Attribute attribute)
            throws AttributeNotFoundException, InvalidAttributeValueException, MBeanException, ReflectionException {
        try {
            super.setAttribute(attribute);
        } catch (MBeanException e) {
            throw ReadableFailure.of(e);
        } catch (RuntimeException e) {
            throw ReadableFailure.of(e);
        }
    }

    @Override
    public Object invoke(String operation, Object[] arguments, String[] types)
            throws MBeanException, ReflectionException {
        try {
            return super.invoke(operation, arguments, types);
        } catch (MBeanException e) {
            throw ReadableFailure.of(e);
        } catch (RuntimeException e) {
            throw ReadableFailure.of(e);
        }
    }

    @Override
    public ObjectName preRegister(MBeanServer server, ObjectName name) throws Exception {
        ObjectName registered = super.preRegister(server, name);
        return getImplementation() instanceof MBeanRegistration own ? own.preRegister(server, registered) : registered;
    }

    @Override
    public void postRegister(Boolean done) {
        super.postRegister(done);
        if (getImplementation() instanceof MBeanRegistration own) {
            own.postRegister(done);
        }
    }

    @Override
    public void preDeregister() throws Exception {
        super.preDeregister();
        if (getImplementation() instanceof MBeanRegistration own) {
            try {
                own.preDeregister();
            } catch (Exception | Error e) { // to JMX this means that it stays, with its class loader and its name
                LOG.warn("MBean {} failed as it was taken away, and is gone all the same", getImplementationClass(), e);
            }
        }
    }

    @Override
    public void postDeregister() {
        super.postDeregister();
        if (getImplementation() instanceof MBeanRegistration own) {
            own.postDeregister();
        }
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return text(getMBeanInterface().getAnnotation(About.class), info.getDescription());
    }

    @Override
    protected String getDescription(MBeanAttributeInfo attribute) {
        String prefix = attribute.isIs() ? "is" : "get";
        return about(prefix + attribute.getName(), 0, attribute);
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation) {
        return about(operation.getName(), operation.getSignature().length, operation);
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return text(about(operation, sequence), parameter.getDescription());
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        About about = about(operation, sequence);
        return about == null || about.name().isEmpty() ? parameter.getName() : about.name();
    }

    @Override
    protected int getImpact(MBeanOperationInfo operation) {
        return method(operation.getName(), operation.getSignature().length)
                .map(method -> method.getAnnotation(About.class))
                .map(about -> about.acts() ? MBeanOperationInfo.ACTION : MBeanOperationInfo.INFO)
                .orElse(MBeanOperationInfo.UNKNOWN);
    }

    private String about(String name, int parameters, MBeanFeatureInfo otherwise) {
        return method(name, parameters)
                .map(method -> text(method.getAnnotation(About.class), otherwise.getDescription()))
                .orElseGet(otherwise::getDescription);
    }

    private @Nullable About about(MBeanOperationInfo operation, int sequence) {
        return method(operation.getName(), operation.getSignature().length)
                .map(method -> method.getParameters()[sequence].getAnnotation(About.class))
                .orElse(null);
    }

    private Optional<Method> method(String name, int parameters) {
        return Arrays.stream(getMBeanInterface().getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == parameters)
                .findFirst();
    }

    private static String text(@Nullable About about, @Nullable String otherwise) {
        return about != null ? about.value() : Objects.requireNonNullElse(otherwise, "");
    }
}
