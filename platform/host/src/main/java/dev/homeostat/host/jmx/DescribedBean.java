package dev.homeostat.host.jmx;

import dev.homeostat.host.mxbean.About;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** An MXBean that says what its attributes and operations mean, as the {@link About} annotations of its interface tell. */
final class DescribedBean<T> extends StandardMBean {
    DescribedBean(T bean, Class<T> type) {
        super(bean, type, true);
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
