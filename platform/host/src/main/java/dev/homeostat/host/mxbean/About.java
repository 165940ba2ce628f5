package dev.homeostat.host.mxbean;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a bean, an attribute, an operation or a parameter means, as a JMX client shows it. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface About {
    /** One sentence. */
    String value();

    /** The name of a parameter. */
    String name() default "";

    /** Whether an operation changes something. */
    boolean acts() default false;
}
