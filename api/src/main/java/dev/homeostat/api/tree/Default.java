package dev.homeostat.api.tree;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of a record component that a document leaves out, as one would write it there. Without it (and without {@code @Nullable}) it must be given. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** As text: {@code 10s}, {@code data/files}, {@code true}; {@code []} for an empty list. */
    String value();
}
