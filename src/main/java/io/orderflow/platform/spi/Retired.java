package io.orderflow.platform.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a controller that callers should leave: told in each answer (RFC 9745, RFC 8594) and in the API
 * description. Dates are ISO 8601 and mean the beginning of the day, UTC.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Retired {

    /** Since when it should not be used any more. */
    String since();

    /** From when on it may answer no more; empty while that is not decided. */
    String sunset() default "";

    /** Path of what to use instead; empty when there is nothing. */
    String successor() default "";
}
