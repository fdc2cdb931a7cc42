/** What this module can be asked, and its answers. */
@NamedInterface("query")
package io.orderflow.payment.query;

import org.springframework.modulith.NamedInterface;
