package dev.homeostat.api.stability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Plugins and embedders implement this interface: it gets no new method without a default. All other interfaces of the API are implemented by the host alone,
 * and may get new methods in any version. (The notion, and its name, are those of OSGi's semantic versioning.)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ConsumerType {}
