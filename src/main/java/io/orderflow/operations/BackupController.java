package io.orderflow.operations;

import io.orderflow.platform.spi.StoreBackup;
import io.orderflow.shared.RequestIdentity;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST API of backups: consistent copies of the embedded store while it is in use. */
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
