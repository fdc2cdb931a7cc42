package io.orderflow.operations;

import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.RequestKeys;
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
    private final RequestKeys keys;

    BackupController(StoreBackup store, RequestKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    StoreBackup.Copy make(RequestIdentity request) {
        keys.claim(request);
        return store.make("backup-" + request.derive(""));
    }
}
