package io.orderflow.platform.spi;

import java.util.Collection;
import java.util.Set;

/** A projection with a row for every order from its first event on. */
public interface KeepsOrders {

    /** @return those of these orders that it has rows for */
    Set<String> kept(Collection<String> orders);
}
