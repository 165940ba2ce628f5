package dev.homeostat.host.jmx;

import dev.homeostat.host.mxbean.Units;
import dev.homeostat.host.view.OptionView;
import dev.homeostat.host.view.Steering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.Descriptor;
import javax.management.DynamicMBean;
import javax.management.ImmutableDescriptor;
import javax.management.InvalidAttributeValueException;
import javax.management.JMException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ReflectionException;
import javax.management.StandardEmitterMBean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The MBean of a reconciler with an attribute for each of its options, which can be read and written: {@code RetryMin} for {@code retry-min}. The values are
 * texts as the configuration has them. Options that are added appear here by themselves.
 *
 * @param bean all other attributes, and the operations
 * @param reconciler its full name
 */
record OptionAttributes(StandardEmitterMBean bean, Steering steering, Calls calls, String reconciler)
        implements DynamicMBean, NotificationEmitter {
    private static final String MODE = "mode";
    private static final Descriptor UNITS = new ImmutableDescriptor(Map.of("units", Units.OPTION));

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException, MBeanException, ReflectionException {
        Optional<OptionView> option = option(name);
        return option.isPresent() ? option.get().value() : bean.getAttribute(name);
    }

    @Override
    public void setAttribute(Attribute attribute)
            throws AttributeNotFoundException, InvalidAttributeValueException, MBeanException, ReflectionException {
        Optional<OptionView> option = option(attribute.getName());
        if (option.isEmpty()) {
            bean.setAttribute(attribute);
            return;
        }
        String name = option.get().name();
        String value = String.valueOf(attribute.getValue());
        ObjectNode params = Calls.params().put("name", reconciler);
        if (name.equals(MODE)) {
            calls.call("reconcilers.mode", params.put(MODE, value));
        } else {
            params.putObject("set").put(name, value);
            calls.call("reconcilers.options", params);
        }
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList found = new AttributeList();
        for (String name : names) {
            try {
                found.add(new Attribute(name, getAttribute(name)));
            } catch (JMException | RuntimeException e) { // the table is gone, or a plugin's code failed
                // Left out, as the contract of this method has it.
            }
        }
        return found;
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        AttributeList set = new AttributeList();
        for (Attribute attribute : attributes.asList()) {
            try {
                setAttribute(attribute);
                set.add(new Attribute(attribute.getName(), getAttribute(attribute.getName())));
            } catch (JMException | RuntimeException e) {
                // Left out, as the contract of this method has it.
            }
        }
        return set;
    }

    @Override
    public Object invoke(String operation, Object[] arguments, String[] types)
            throws MBeanException, ReflectionException {
        return bean.invoke(operation, arguments, types);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanInfo info = bean.getMBeanInfo();
        List<MBeanAttributeInfo> attributes = new ArrayList<>(Arrays.asList(info.getAttributes()));
        for (OptionView option : steering.options(reconciler)) {
            attributes.add(new MBeanAttributeInfo(
                    attribute(option.name()),
                    "java.lang.String",
                    option.name() + ": " + option.description(),
                    true,
                    true,
                    false,
                    UNITS));
        }
        return new MBeanInfo(
                info.getClassName(),
                info.getDescription(),
                attributes.toArray(MBeanAttributeInfo[]::new),
                info.getConstructors(),
                info.getOperations(),
                info.getNotifications(),
                info.getDescriptor());
    }

    @Override
    public void addNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback) {
        bean.addNotificationListener(listener, filter, handback);
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        bean.removeNotificationListener(listener);
    }

    @Override
    public void removeNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
            throws ListenerNotFoundException {
        bean.removeNotificationListener(listener, filter, handback);
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
        return bean.getNotificationInfo();
    }

    private Optional<OptionView> option(String attribute) {
        if (isOwn(attribute)) {
            return Optional.empty();
        }
        return steering.options(reconciler).stream()
                .filter(option -> attribute(option.name()).equals(attribute))
                .findFirst();
    }

    private boolean isOwn(String attribute) {
        return Arrays.stream(bean.getMBeanInfo().getAttributes())
                .anyMatch(one -> one.getName().equals(attribute));
    }

    /** {@code retry-min} → {@code RetryMin}. */
    private static String attribute(String option) {
        return Stream.of(option.split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
