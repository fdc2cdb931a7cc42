/** What all responses have in common: durability before the first byte, entity tags and links. */
@NullMarked
package io.orderflow.platform.web.response;

import org.jspecify.annotations.NullMarked;
