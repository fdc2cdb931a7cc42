package io.orderflow.inventory;

import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.inventory.query.StockView;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code inventory.stock} and {@code inventory.movement}; a level is the sum of its movements. */
@Repository
class StockRows {

    private final JdbcClient jdbc;

    StockRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a movement and changes the level; false when the movement, or a later one of the SKU, was added before. */
    boolean add(MovementView movement) {
        if (!change(movement)) {
            if (find(movement.sku()).isPresent()) {
                return false;
            }
            open(movement);
        }
        append(movement);
        return true;
    }

    private boolean change(MovementView movement) {
        return jdbc.sql("""
                UPDATE inventory.stock SET on_hand = on_hand + ?, reserved = reserved + ?, version = ?, updated_at = ?
                WHERE sku = ? AND version < ?""")
                .params(movement.onHandChange(), movement.reservedChange(), movement.sequence(), utc(movement.at()),
                        movement.sku().value(), movement.sequence())
                .update() > 0;
    }

    private void open(MovementView movement) {
        jdbc.sql("INSERT INTO inventory.stock (sku, on_hand, reserved, version, updated_at) VALUES (?, ?, ?, ?, ?)")
                .params(movement.sku().value(), movement.onHandChange(), movement.reservedChange(),
                        movement.sequence(), utc(movement.at()))
                .update();
    }

    private void append(MovementView movement) {
        jdbc.sql("""
                INSERT INTO inventory.movement (sku, sequence, kind, on_hand_change, reserved_change, order_id,
                    movement_id, reason, note, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(movement.sku().value()).param(movement.sequence()).param(movement.kind().name())
                .param(movement.onHandChange()).param(movement.reservedChange())
                .param(movement.orderId() == null ? null : movement.orderId().value())
                .param(movement.movementId()).param(movement.reason()).param(movement.note())
                .param(utc(movement.at()))
                .update();
    }

    Optional<StockView> find(Sku sku) {
        return jdbc.sql("SELECT * FROM inventory.stock WHERE sku = ?").param(sku.value())
                .query(StockRows::level).optional();
    }

    /** Sorted by SKU. */
    List<StockView> levels(List<Sku> skus) {
        return skus.isEmpty() ? List.of() : jdbc.sql("SELECT * FROM inventory.stock WHERE sku IN (:skus) ORDER BY sku")
                .param("skus", skus.stream().map(Sku::value).toList()).query(StockRows::level).list();
    }

    /** Sorted by SKU. */
    List<StockView> list(String after, int limit) {
        return jdbc.sql("SELECT * FROM inventory.stock WHERE sku > ? ORDER BY sku LIMIT ?")
                .params(after, limit).query(StockRows::level).list();
    }

    /** Newest first. */
    List<MovementView> movements(Sku sku, long before, int limit) {
        return jdbc.sql("""
                SELECT * FROM inventory.movement WHERE sku = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?""")
                .params(sku.value(), before, limit).query(StockRows::movement).list();
    }

    void clear() {
        jdbc.sql("DELETE FROM inventory.movement").update();
        jdbc.sql("DELETE FROM inventory.stock").update();
    }

    private static StockView level(ResultSet row, int number) throws SQLException {
        int onHand = row.getInt("on_hand");
        int reserved = row.getInt("reserved");
        return new StockView(new Sku(row.getString("sku")), onHand, reserved, onHand - reserved,
                row.getLong("version"), instant(row, "updated_at"));
    }

    private static MovementView movement(ResultSet row, int number) throws SQLException {
        String orderId = row.getString("order_id");
        return new MovementView(new Sku(row.getString("sku")), row.getLong("sequence"),
                MovementView.Kind.valueOf(row.getString("kind")), row.getInt("on_hand_change"),
                row.getInt("reserved_change"), orderId == null ? null : new OrderId(orderId),
                row.getString("movement_id"), row.getString("reason"), row.getString("note"), instant(row, "at"));
    }
}
