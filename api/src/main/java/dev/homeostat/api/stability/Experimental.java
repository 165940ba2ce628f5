package dev.homeostat.api.stability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** May change or go in any version, without a word of warning. What does not bear this mark stays compatible as {@code docs/compatibility.md} says. */
@Documented
@Retention(RetentionPolicy.RUNTIME) // of byte code, only what is kept at run time is seen by the check of compatibility
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface Experimental {}
