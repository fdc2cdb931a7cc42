/** Who may ask for what. */
package io.orderflow.platform.security;
