package dev.homeostat.host.remote;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of the MBean server.
 *
 * @param method of the server
 * @param arguments for that
 */
record BeanCall(String method, List<@Nullable Object> arguments) {
    /** What the host and its plugins publish, and what steers the JVM alone. */
    private static final Set<String> FOR_CONTROL = Set.of("dev.homeostat", "java.lang");

    private static final Set<String> CHANGES_WHAT_THERE_IS =
            Set.of("createMBean", "registerMBean", "unregisterMBean", "instantiate", "deserialize");

    /** Whether it makes or removes beans, or has one hear another: nobody may that from afar. */
    boolean isOfTheServer() {
        return CHANGES_WHAT_THERE_IS.contains(method)
                || (method.endsWith("NotificationListener")
                        && arguments.size() > 1
                        && arguments.get(1) instanceof ObjectName);
    }

    /** Whether it may change something, as far as anybody says. */
    boolean acts(MBeanServer beans) throws JMException {
        return isOfTheServer() || isSetting() || (method.equals("invoke") && !onlyTells(beans));
    }

    private boolean isSetting() {
        return method.equals("setAttribute") || method.equals("setAttributes");
    }

    /** Whether it acts on a bean that {@link Role#CONTROL} is for: others write files, load code, or end the process. */
    boolean isForControl() {
        return FOR_CONTROL.contains(bean().getDomain());
    }

    /** Whether the bean writes into the audit log itself what it does. */
    boolean isOfTheHost() {
        ObjectName bean = bean();
        return bean.getDomain().equals("dev.homeostat")
                && !("Plugin".equals(bean.getKeyProperty("type")) && bean.getKeyProperty("name") != null);
    }

    ObjectName bean() {
        return arguments.stream()
                .filter(ObjectName.class::isInstance)
                .map(ObjectName.class::cast)
                .findFirst()
                .orElse(ObjectName.WILDCARD);
    }

    /** The operation or attributes; empty where it is none. */
    String what() {
        return switch (arguments.size() > 1 ? arguments.get(1) : null) {
            case String operation -> operation;
            case Attribute attribute -> attribute.getName();
            case AttributeList several ->
                String.join(
                        ", ", several.asList().stream().map(Attribute::getName).toList());
            case null, default -> "";
        };
    }

    /** Whether it is an operation that says of itself that it changes nothing; of the JVM, one that looks at threads. */
    private boolean onlyTells(MBeanServer beans) throws JMException {
        ObjectName bean = bean();
        if (bean.getDomain().equals("java.lang")) {
            return "Threading".equals(bean.getKeyProperty("type")) && what().matches("(get|find|dump)[A-Z].*");
        }
        String[] types = arguments.get(3) instanceof String[] given ? given : new String[0];
        return bean.getDomain().equals("dev.homeostat")
                && Arrays.stream(beans.getMBeanInfo(bean).getOperations())
                        .filter(one -> one.getName().equals(what()) && Arrays.equals(types(one), types))
                        .anyMatch(one -> one.getImpact() == MBeanOperationInfo.INFO);
    }

    private static String[] types(MBeanOperationInfo operation) {
        return Arrays.stream(operation.getSignature())
                .map(MBeanParameterInfo::getType)
                .toArray(String[]::new);
    }
}
