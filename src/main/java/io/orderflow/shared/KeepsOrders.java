package io.orderflow.shared;

import java.util.Collection;
import java.util.Set;

/** A projection that has something of every order from its first event on. */
public interface KeepsOrders {

    /** @return those of these orders of which it has something */
    Set<String> kept(Collection<String> orders);
}
