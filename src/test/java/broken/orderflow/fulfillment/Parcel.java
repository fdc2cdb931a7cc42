package broken.orderflow.fulfillment;

/** Something on top. */
public record Parcel() {
}
