package io.orderflow.inventory;

import static io.orderflow.inventory.Stock.ANNA;
import static io.orderflow.inventory.Stock.BERT;
import static io.orderflow.inventory.Stock.MUG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.orderflow.inventory.query.MovementReceipt;
import org.junit.jupiter.api.Test;

/** What is stored of a stock item, in snapshots and in repeated answers. */
class StockItemStateTest {

    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new ParameterNamesModule()).build();

    @Test
    void a_snapshot_brings_back_every_field() throws Exception {
        var item = new StockItem();
        item.on(Stock.received(10), 0);
        item.on(Stock.changed(-1), 1);
        item.on(Stock.reserved(ANNA, 4), 2);
        item.on(Stock.shipped(ANNA, "shp_1", 1), 3);
        item.on(Stock.reserved(BERT, 2), 4);
        item.on(Stock.shipped(BERT, "shp_2", 2), 5);
        item.on(Stock.returned(BERT, "ret_1", 1), 6);
        item.on(Stock.returnedDamaged(BERT, "ret_1", 1), 7);

        String stored = JSON.writeValueAsString(item);

        assertThat(JSON.readTree(stored)).isEqualTo(JSON.readTree("""
                {"stockItemId":"stock_MUG","sku":"MUG","known":true,"version":7,"level":{"onHand":7,"reserved":3},
                 "holds":{"ord_anna":{"quantity":3,"shipments":["shp_1"]}},"lastMovements":{
                   "mov_delivery10":{"movementId":"mov_delivery10","sku":"MUG","change":10,"onHand":10,"reserved":0},
                   "mov_change":{"movementId":"mov_change","sku":"MUG","change":-1,"onHand":9,"reserved":0}},
                 "lastShipments":["shp_2"],
                 "lastReturns":["ret_1","ret_1/damaged"]}"""));
        assertThat(JSON.readValue(stored, StockItem.class)).usingRecursiveComparison().isEqualTo(item);
    }

    @Test
    void a_receipt_can_be_repeated() throws Exception {
        var receipt = new MovementReceipt("mov_1", MUG, -3, 7, 4);

        assertThat(JSON.readValue(JSON.writeValueAsString(receipt), MovementReceipt.class)).isEqualTo(receipt);
    }
}
