package io.orderflow.shared;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which instances of a type are stored, {@code <module>.<Name>}: classes and packages can be renamed,
 * this never. Only types with this annotation are ever read back from a store.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StoredAs {

    String value();
}
