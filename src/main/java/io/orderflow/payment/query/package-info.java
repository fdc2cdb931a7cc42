/** The queries of this module and their answers. */
@NamedInterface("query")
package io.orderflow.payment.query;

import org.springframework.modulith.NamedInterface;
