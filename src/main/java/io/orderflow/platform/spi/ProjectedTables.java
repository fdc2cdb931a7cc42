package io.orderflow.platform.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The tables, {@code <schema>.<table>}, that a projection writes from events alone and nobody else writes: operators can
 * have them built anew.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ProjectedTables {

    String[] value();
}
