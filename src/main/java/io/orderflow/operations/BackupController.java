package io.orderflow.operations;

import io.orderflow.shared.RequestIdentity;
import io.orderflow.platform.spi.StoreBackup;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Copies of the embedded store, each of one consistent moment, while it is in use. */
@RestController
@RequestMapping("/v1/operations/backups")
class BackupController {

    private final StoreBackup store;

    BackupController(StoreBackup store) {
        this.store = store;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    StoreBackup.Copy make(RequestIdentity request) {
        return store.make("backup-" + request.identity());
    }
}
