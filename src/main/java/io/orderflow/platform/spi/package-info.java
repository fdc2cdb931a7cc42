/** What modules may use of the platform. */
@NamedInterface("spi")
@NullMarked
package io.orderflow.platform.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
