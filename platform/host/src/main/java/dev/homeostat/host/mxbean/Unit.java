package dev.homeostat.host.mxbean;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/** What an attribute, the answer of an operation or a parameter is measured in. A JMX client finds it as {@code units} in the descriptor. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER})
public @interface Unit {
    /** One of {@link Units}. */
    @DescriptorKey("units")
    String value();
}
