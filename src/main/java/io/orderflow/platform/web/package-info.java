/** The API's HTTP layer; its sub-packages follow the path of a request. */
@NullMarked
package io.orderflow.platform.web;

import org.jspecify.annotations.NullMarked;
