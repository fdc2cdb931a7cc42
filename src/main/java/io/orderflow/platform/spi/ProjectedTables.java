package io.orderflow.platform.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The tables, {@code <schema>.<table>}, that only this projection writes, and only from events, so that it can be
 * replayed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ProjectedTables {

    String[] value();
}
