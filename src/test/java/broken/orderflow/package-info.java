/** A small application that breaks every rule of the architecture, to show that every rule can fail. */
package broken.orderflow;
