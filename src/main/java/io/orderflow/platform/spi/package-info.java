/** What modules may ask of the platform. */
@NamedInterface("spi")
package io.orderflow.platform.spi;

import org.springframework.modulith.NamedInterface;
